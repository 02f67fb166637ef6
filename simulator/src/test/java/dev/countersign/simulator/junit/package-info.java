@NullMarked
package dev.countersign.simulator.junit;

import org.jspecify.annotations.NullMarked;
