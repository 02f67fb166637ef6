@NullMarked
package dev.countersign.simulator.faults;

import org.jspecify.annotations.NullMarked;
