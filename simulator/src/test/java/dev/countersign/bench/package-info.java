/** Measures, with JMH, what a signed call costs. For {@code bin/bench}; no test runs it. */
@NullMarked
package dev.countersign.bench;

import org.jspecify.annotations.NullMarked;
