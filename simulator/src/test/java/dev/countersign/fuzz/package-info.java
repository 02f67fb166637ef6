/**
 * What is fed to every parser that reads from outside, and what holds whatever it is: {@code
 * bin/fuzz}. A build feeds the seeds alone.
 */
@NullMarked
package dev.countersign.fuzz;

import org.jspecify.annotations.NullMarked;
