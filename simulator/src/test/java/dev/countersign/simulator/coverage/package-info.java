/** Every operation of the API, called once. */
@NullMarked
package dev.countersign.simulator.coverage;

import org.jspecify.annotations.NullMarked;
