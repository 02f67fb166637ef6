/**
 * Signs with a key from a PEM file. For those who configure a {@code pem:} key, and for those who
 * hold the PEM somewhere else and open it themselves.
 *
 * <p>A PEM becomes a signer in four steps, one class each: the file is read ({@code SecretFile}),
 * cut into blocks ({@code PemScanner}), its one private key is picked and decrypted ({@code
 * PrivateKeyReader}, {@code Decryption}), and becomes a key of its kind ({@code SoftKey}) that has
 * signed once before anybody gets it. Every refusal says what was found and what to do, and never
 * quotes what it read.
 *
 * <p>Elliptic curves are signed by Bouncy Castle, which is several times faster than JDK 17 and
 * knows secp256k1; RSA by the JDK. No security provider is installed.
 */
@NullMarked
package dev.countersign.pem;

import org.jspecify.annotations.NullMarked;
