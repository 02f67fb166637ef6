/** The simulator as a program, from its options to its files and its end. */
@NullMarked
package dev.countersign.simulator.cli;

import org.jspecify.annotations.NullMarked;
