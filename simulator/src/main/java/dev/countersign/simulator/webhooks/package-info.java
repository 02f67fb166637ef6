/**
 * Webhooks, and the events that are kept for them. For the rest of the engine.
 *
 * <p>An event is part of the organisation's state: it is there once the operation that caused it
 * has answered, and taken back with one that was refused. A delivery is to be scheduled where an
 * event is recorded, since what is due is part of the same state.
 */
@NullMarked
package dev.countersign.simulator.webhooks;

import org.jspecify.annotations.NullMarked;
