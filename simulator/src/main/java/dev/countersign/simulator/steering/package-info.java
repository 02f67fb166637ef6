/**
 * The control API: what a test sets up, moves and looks up from outside the process. For the HTTP
 * door.
 */
@NullMarked
package dev.countersign.simulator.steering;

import org.jspecify.annotations.NullMarked;
