/** Signs with a key that never leaves a PKCS#11 token. */
@NullMarked
package dev.countersign.hsm;

import org.jspecify.annotations.NullMarked;
