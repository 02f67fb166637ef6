/**
 * Keeping under a rate limit: the port that permits come from, the queue in front of it, and a
 * bucket for one process. For those who share a limit between clients or processes.
 */
@NullMarked
package dev.countersign.rate;

import org.jspecify.annotations.NullMarked;
