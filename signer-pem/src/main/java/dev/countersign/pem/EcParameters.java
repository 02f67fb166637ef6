package dev.countersign.pem;

import dev.countersign.error.ConfigurationException;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X962Parameters;

/** Says which curve a key is on, or why it cannot be used. */
final class EcParameters {

  private EcParameters() {}

  static EcCurve curve(String source, X962Parameters parameters) {
    if (!parameters.isNamedCurve()) {
      throw new ConfigurationException(
          source
              + " has an EC key that describes its curve instead of naming it;"
              + " rewrite it with: openssl pkey -in <file> -ec_param_enc named_curve -out <new file>");
    }
    ASN1ObjectIdentifier id = ASN1ObjectIdentifier.getInstance(parameters.getParameters());
    return EcCurve.of(id)
        .orElseThrow(
            () ->
                new ConfigurationException(
                    source
                        + " has an EC key on the curve "
                        + Optional.ofNullable(ECNamedCurveTable.getName(id)).orElse(id.getId())
                        + ", which is not supported; make a key on P-256 or secp256k1, such as with:"
                        + " openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out <file>"));
  }
}
