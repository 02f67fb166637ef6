/** The events of webhooks, apart from what causes them. */
@NullMarked
package dev.countersign.simulator.webhooks;

import org.jspecify.annotations.NullMarked;
