/**
 * Many callers, many faults and long runs: what must hold then too. For {@code bin/chaos} and
 * {@code bin/soak}, and in small for every run of the tests.
 */
@NullMarked
package dev.countersign.chaos;

import org.jspecify.annotations.NullMarked;
