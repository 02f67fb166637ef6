/** One request and one response of the simulator, without HTTP. For those who write a door. */
@NullMarked
package dev.countersign.simulator.wire;

import org.jspecify.annotations.NullMarked;
