/** Organisations that outlive the process. For the facade. */
@NullMarked
package dev.countersign.simulator.store;

import org.jspecify.annotations.NullMarked;
