/** What records are made of. */
@NullMarked
package dev.countersign.simulator.records;

import org.jspecify.annotations.NullMarked;
