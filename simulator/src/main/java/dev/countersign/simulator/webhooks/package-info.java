/**
 * Webhooks, and the events that are kept for them. For the rest of the engine.
 *
 * <p>An event is part of the organisation's state: it is there once the operation that caused it
 * has answered, and taken back with one that was refused. What is to be delivered is part of the
 * same state, so it leaves after the operation, never before, and not without it.
 */
@NullMarked
package dev.countersign.simulator.webhooks;

import org.jspecify.annotations.NullMarked;
