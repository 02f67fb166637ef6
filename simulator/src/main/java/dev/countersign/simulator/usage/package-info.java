/** What requests have touched. For those who want to know what their tests leave out. */
@NullMarked
package dev.countersign.simulator.usage;

import org.jspecify.annotations.NullMarked;
