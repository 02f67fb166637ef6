/** Carrying one request to Dfns and bringing the reply. For those who write an adapter. */
@NullMarked
package dev.countersign.transport;

import org.jspecify.annotations.NullMarked;
