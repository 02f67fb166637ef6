/**
 * Signs with a key that never leaves a PKCS#11 token. For those who configure a {@code pkcs11:} key
 * (docs/hsm.md).
 *
 * <p>A URI becomes a signer in four steps: it is understood ({@code HsmUri}); its module is loaded,
 * once a process ({@code LoadedModules}), and its token found ({@code TokenQuery}); the token is
 * logged in to, once for all of its signers ({@code TokenSession}); the key is found ({@code
 * KeyQuery}) and has signed once. What SunPKCS11 does not show is asked of the module itself
 * ({@code Cryptoki}); SunPKCS11 signs ({@code Engine}).
 *
 * <p>A signature then goes through the {@code Circuit}, which is open while the token cannot sign
 * and closed again by the {@code Prober}; the {@code SigningPool}, so that a module that hangs
 * holds no caller; and the {@code HsmKey}, which makes anew what was lost. {@code Ckr} and {@code
 * Failure} say which failure is which.
 */
@NullMarked
package dev.countersign.hsm;

import org.jspecify.annotations.NullMarked;
