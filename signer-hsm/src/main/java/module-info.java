/** Signs with a key that never leaves a PKCS#11 token. */
module dev.countersign.signer.hsm {
  requires transitive dev.countersign.core;
  requires static transitive org.jspecify;
  requires com.sun.jna;
  // SunPKCS11, found by its name
  requires jdk.crypto.cryptoki;

  exports dev.countersign.hsm;

  provides dev.countersign.signing.SignerProvider with
      dev.countersign.hsm.HsmSignerProvider;
}
