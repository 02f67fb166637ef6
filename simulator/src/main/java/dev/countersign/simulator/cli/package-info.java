/** The simulator as a program. For those who start it from a shell. */
@NullMarked
package dev.countersign.simulator.cli;

import org.jspecify.annotations.NullMarked;
