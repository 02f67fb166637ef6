/**
 * What every call has to pass before its operation begins, a class each, in the order of {@link
 * dev.countersign.simulator.check.Checks}. For the engine.
 */
@NullMarked
package dev.countersign.simulator.check;

import org.jspecify.annotations.NullMarked;
