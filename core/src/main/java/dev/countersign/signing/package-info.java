/**
 * Keys that sign, and the plugins that open them. For those who choose a signer, and for those who
 * write one.
 */
@NullMarked
package dev.countersign.signing;

import org.jspecify.annotations.NullMarked;
