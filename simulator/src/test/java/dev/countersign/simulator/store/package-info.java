/** Organisations over the end of their process. For its developers. */
@NullMarked
package dev.countersign.simulator.store;

import org.jspecify.annotations.NullMarked;
