/** Takes a request through its checks to its operation. For the facade. */
@NullMarked
package dev.countersign.simulator.engine;

import org.jspecify.annotations.NullMarked;
