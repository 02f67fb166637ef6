/** The JSON of the simulator. For the rest of the engine. */
@NullMarked
package dev.countersign.simulator.json;

import org.jspecify.annotations.NullMarked;
