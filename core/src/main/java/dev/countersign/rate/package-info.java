/** Keeping under a rate limit. For those who share one between clients or processes. */
@NullMarked
package dev.countersign.rate;

import org.jspecify.annotations.NullMarked;
