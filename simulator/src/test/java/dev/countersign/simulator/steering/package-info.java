/** Tests of the control API. For their developers. */
@NullMarked
package dev.countersign.simulator.steering;

import org.jspecify.annotations.NullMarked;
