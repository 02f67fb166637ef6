/**
 * The user-action protocol as values: the frozen request, the challenge, the client data that is
 * signed, the assertion.
 *
 * <p>For the engine that runs calls, and for those who have somebody else sign.
 *
 * <p>The protocol: docs.dfns.co/guides/developers/signing-requests. Invariants kept here: the
 * payload that is signed is the same array that is sent; the signed path has no query; a challenge
 * is answered only by a credential that it allows.
 */
@NullMarked
package dev.countersign.action;

import org.jspecify.annotations.NullMarked;
