/**
 * Who is calling: access token, credential and signer, and where they come from. For those who wire
 * a client, and for those who rotate its keys.
 */
@NullMarked
package dev.countersign.credential;

import org.jspecify.annotations.NullMarked;
