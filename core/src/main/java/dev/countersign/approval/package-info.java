/**
 * Waiting until something that Dfns has not finished yet is finished: a policy's question to
 * people, a transfer on its way, a signature being made.
 *
 * <p>For backends that act on the end of what they began, minutes or days later and perhaps in
 * another process. {@link dev.countersign.approval.Waits} is where it starts.
 */
@NullMarked
package dev.countersign.approval;

import org.jspecify.annotations.NullMarked;
