/** Signs with a key that never leaves a PKCS#11 token. */
module dev.countersign.signer.hsm {
  requires transitive dev.countersign.core;
  requires static transitive org.jspecify;

  exports dev.countersign.hsm;

  provides dev.countersign.signing.SignerProvider with
      dev.countersign.hsm.HsmSignerProvider;
}
