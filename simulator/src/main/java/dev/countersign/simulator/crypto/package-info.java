/**
 * Keys and signatures: verifying credentials, signing tokens, signing with wallet keys. For the
 * rest of the engine.
 */
@NullMarked
package dev.countersign.simulator.crypto;

import org.jspecify.annotations.NullMarked;
