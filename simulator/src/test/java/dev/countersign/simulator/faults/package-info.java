/** Tests of faults. For their developers. */
@NullMarked
package dev.countersign.simulator.faults;

import org.jspecify.annotations.NullMarked;
