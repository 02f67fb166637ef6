/** Tests of time and switches. For their developers. */
@NullMarked
package dev.countersign.simulator.control;

import org.jspecify.annotations.NullMarked;
