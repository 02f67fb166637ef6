/**
 * Webhooks: whether a delivery is from Dfns, and what it says.
 *
 * <p>For backends that Dfns delivers events to (docs.dfns.co/guides/developers/webhooks).
 */
@NullMarked
package dev.countersign.webhook;

import org.jspecify.annotations.NullMarked;
