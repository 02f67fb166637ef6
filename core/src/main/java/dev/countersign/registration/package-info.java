/**
 * Registering credentials: what a key or a passkey answers to a registration challenge.
 *
 * <p>For backends that register their own keys, such as the next key of a service account, and for
 * those that pass the answers of their users' browsers on
 * (docs.dfns.co/api-reference/auth/credentials-data).
 */
@NullMarked
package dev.countersign.registration;

import org.jspecify.annotations.NullMarked;
