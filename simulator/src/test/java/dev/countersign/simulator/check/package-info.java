/** The checks a call has to pass, one by one. */
@NullMarked
package dev.countersign.simulator.check;

import org.jspecify.annotations.NullMarked;
