/** Who is calling: access token, credential and signer, and where they come from. */
@NullMarked
package dev.countersign.credential;

import org.jspecify.annotations.NullMarked;
