/** Tests of the JSON of the simulator. For its developers. */
@NullMarked
package dev.countersign.simulator.json;

import org.jspecify.annotations.NullMarked;
