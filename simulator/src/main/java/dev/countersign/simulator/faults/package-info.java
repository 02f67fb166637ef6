/** What goes wrong on purpose, by name. For those who test what their program does then. */
@NullMarked
package dev.countersign.simulator.faults;

import org.jspecify.annotations.NullMarked;
