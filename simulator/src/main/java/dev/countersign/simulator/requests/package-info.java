/**
 * What transfers, transactions and signatures have in common: asking twice, policies, and the way
 * from request to end. For the rest of the engine.
 */
@NullMarked
package dev.countersign.simulator.requests;

import org.jspecify.annotations.NullMarked;
