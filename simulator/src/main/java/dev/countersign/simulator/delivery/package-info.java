/**
 * Delivering webhooks over HTTP: the only part of the simulator that calls somebody. For the
 * engine.
 */
@NullMarked
package dev.countersign.simulator.delivery;

import org.jspecify.annotations.NullMarked;
