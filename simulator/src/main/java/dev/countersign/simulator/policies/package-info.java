/**
 * Policies, and the approvals they ask for. For the rest of the engine.
 *
 * <p>Every active policy whose kind of activity and filters match is evaluated. One triggered
 * {@code Block} blocks; otherwise one approval collects the groups of all triggered policies that
 * request it, and all of them have to agree. What waits is told when the approval is resolved.
 */
@NullMarked
package dev.countersign.simulator.policies;

import org.jspecify.annotations.NullMarked;
