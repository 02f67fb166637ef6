/** Time, prices and what is not documented about Dfns. For those who use the simulator in tests. */
@NullMarked
package dev.countersign.simulator.control;

import org.jspecify.annotations.NullMarked;
