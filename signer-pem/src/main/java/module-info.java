/** Signs with a key from a PEM file. */
module dev.countersign.signer.pem {
  requires transitive dev.countersign.core;
  requires static transitive org.jspecify;
  requires org.bouncycastle.pkix;
  requires org.bouncycastle.provider;

  exports dev.countersign.pem;

  provides dev.countersign.signing.SignerProvider with
      dev.countersign.pem.PemSignerProvider;
}
