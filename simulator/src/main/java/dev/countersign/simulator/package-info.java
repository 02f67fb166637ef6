/** A Dfns of one's own. For local development and contract tests. */
@NullMarked
package dev.countersign.simulator;

import org.jspecify.annotations.NullMarked;
