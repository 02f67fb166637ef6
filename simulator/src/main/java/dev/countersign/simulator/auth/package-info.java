/**
 * Who calls, and that they signed: tokens, credentials, user actions, users and service accounts.
 * For the rest of the engine.
 */
@NullMarked
package dev.countersign.simulator.auth;

import org.jspecify.annotations.NullMarked;
