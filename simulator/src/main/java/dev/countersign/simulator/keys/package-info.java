/** Keys, and signing with them. For the rest of the engine. */
@NullMarked
package dev.countersign.simulator.keys;

import org.jspecify.annotations.NullMarked;
