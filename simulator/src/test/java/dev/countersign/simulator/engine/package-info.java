/** Tests of the simulator's engine, with a client made by hand. For its developers. */
@NullMarked
package dev.countersign.simulator.engine;

import org.jspecify.annotations.NullMarked;
