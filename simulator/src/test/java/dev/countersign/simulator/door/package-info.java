/** The HTTP door, seen from a client's side. */
@NullMarked
package dev.countersign.simulator.door;

import org.jspecify.annotations.NullMarked;
