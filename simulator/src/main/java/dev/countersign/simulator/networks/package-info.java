/** What the API says of the networks themselves. For the rest of the engine. */
@NullMarked
package dev.countersign.simulator.networks;

import org.jspecify.annotations.NullMarked;
