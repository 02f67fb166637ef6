/** Wallets, and moving assets out of them. For the rest of the engine. */
@NullMarked
package dev.countersign.simulator.wallets;

import org.jspecify.annotations.NullMarked;
