/**
 * What an organisation remembers. For the rest of the engine.
 *
 * <p>A {@link dev.countersign.simulator.state.State} is one immutable value: tables of entities,
 * what is due when, and how many identifiers were drawn. A {@link
 * dev.countersign.simulator.state.Tenant} holds the current one, so that going back after a
 * refusal, and keeping a copy, is holding on to an older value.
 */
@NullMarked
package dev.countersign.simulator.state;

import org.jspecify.annotations.NullMarked;
