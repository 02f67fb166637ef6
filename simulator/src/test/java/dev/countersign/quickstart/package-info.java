/**
 * The story of a service account, told against the simulator. For those who want to see it run:
 * {@code bin/quickstart}.
 */
@NullMarked
package dev.countersign.quickstart;

import org.jspecify.annotations.NullMarked;
