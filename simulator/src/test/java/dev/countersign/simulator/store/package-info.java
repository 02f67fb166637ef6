@NullMarked
package dev.countersign.simulator.store;

import org.jspecify.annotations.NullMarked;
