/** The simulator's HTTP door. For those whose client speaks HTTP, in whatever language. */
@NullMarked
package dev.countersign.simulator.door;

import org.jspecify.annotations.NullMarked;
