/** Preparing and running API calls, and what comes of them. For everyone who calls Dfns. */
@NullMarked
package dev.countersign.call;

import org.jspecify.annotations.NullMarked;
