/** Reads scenario files and makes organisations of them. For the facade. */
@NullMarked
package dev.countersign.simulator.scenario;

import org.jspecify.annotations.NullMarked;
