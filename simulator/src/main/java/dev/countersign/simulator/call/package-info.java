/** One call of an operation and its answer. For the operations of the engine. */
@NullMarked
package dev.countersign.simulator.call;

import org.jspecify.annotations.NullMarked;
