package dev.countersign.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Answers of Dfns to measure with, as long and as deep as real ones; compact, as Dfns sends them.
 */
final class Samples {

  private static final String TRANSFER =
      """
      {
        "id": "xfr-20g4k-nsdpo-mg6arrifgvid4orn",
        "walletId": "wa-1f04s-lqc9q-86l8qan8pvv2vpb5",
        "network": "EthereumSepolia",
        "requester": { "userId": "us-3v1ag-v6b36-q1qhqphb5abkmvoq", "tokenId": "to-4bq1n-n7k0s-8s5q1a8v3pu7o2h9" },
        "requestBody": {
          "kind": "Erc20",
          "contract": "0x1c7D4B196Cb0C7B01d743Fbc6116a902379C7238",
          "to": "0x88b9c2f7a1b9d9b3e7d1a7c3b8a8e2c4c8a6d9f1",
          "amount": "1250000000",
          "priority": "Standard",
          "externalId": "invoice-2025-04711"
        },
        "metadata": {
          "asset": { "symbol": "USDC", "decimals": 6, "verified": true, "quotes": { "USD": 0.9998, "EUR": 0.9241 } }
        },
        "status": "Confirmed",
        "txHash": "0x6e0a9c1f3b5d7e8a2c4f6b8d0e1a3c5f7b9d1e3a5c7f9b1d3e5a7c9f1b3d5e7a",
        "fee": "312894000000000",
        "dateRequested": "2025-04-03T10:21:44.803Z",
        "datePolicyResolved": "2025-04-03T10:22:01.118Z",
        "dateBroadcasted": "2025-04-03T10:22:03.420Z",
        "dateConfirmed": "2025-04-03T10:22:39.006Z",
        "approvalId": "ap-2a9s3-h1d6c-9d2q8r4n7v0m5k1t",
        "externalId": "invoice-2025-04711"
      }
      """;

  private static final String WALLET =
      """
      {
        "id": "wa-%1$05d-lqc9q-86l8qan8pvv2vpb5",
        "network": "EthereumSepolia",
        "address": "0x00e3495cf6af59008f22ffaf32d4c92ac33d%1$04x",
        "signingKey": {
          "id": "key-%1$05d-oinoq-8q8a0h1dcc8g6smk",
          "scheme": "ECDSA",
          "curve": "secp256k1",
          "publicKey": "02e4b1f8c0d9a7b3c5e2f6a1d8b4c7e3f9a0b6d2c8e5f1a7b3d9c4e0f6a2b8%1$04x"
        },
        "status": "Active",
        "dateCreated": "2025-03-%2$02dT07:55:%3$02d.317Z",
        "name": "Customer %1$d – settlement",
        "custodial": true,
        "externalId": "customer-%1$d",
        "tags": ["treasury", "region:eu"]
      }
      """;

  private static final String POLICY =
      """
      {
        "id": "plc-1k2d9-2f5s7-9b1v8q4m3n6h0t5r",
        "name": "Transfers above 10,000 USD need two of treasury and one of compliance",
        "status": "Active",
        "dateCreated": "2025-01-15T09:00:12.000Z",
        "dateUpdated": "2025-03-02T16:41:55.204Z",
        "activityKind": "Wallets:Sign",
        "rule": { "kind": "TransactionAmountLimit", "configuration": { "limit": 10000, "currency": "USD" } },
        "action": {
          "kind": "RequestApproval",
          "approvalGroups": [
            {
              "name": "Treasury",
              "quorum": 2,
              "approvers": {
                "userId": {
                  "in": [
                    "us-3v1ag-v6b36-q1qhqphb5abkmvoq",
                    "us-6b58p-r53sr-rlrd3l5cj3uc4ome",
                    "us-0j8s2-k4l1m-2n3b4v5c6x7z8a9s"
                  ]
                }
              },
              "initiatorCanApprove": false
            },
            {
              "name": "Compliance",
              "quorum": 1,
              "approvers": { "userId": { "in": ["us-7h2k9-d3f5g-8j1l4m6n0p2q5r7t"] } },
              "serviceAccountsCanApprove": false
            }
          ],
          "autoRejectTimeout": 2880
        },
        "filters": { "walletTags": { "hasAny": ["treasury", "settlement"] } }
      }
      """;

  private Samples() {}

  /** An answer to {@code getTransfer}. */
  static byte[] transfer() {
    return compact(TRANSFER);
  }

  /** An answer to {@code listWallets}: a page of 100. */
  static byte[] wallets() {
    String items =
        IntStream.rangeClosed(1, 100)
            .mapToObj(i -> WALLET.formatted(i, i % 28 + 1, i % 60))
            .collect(Collectors.joining(","));
    return compact(
        "{\"items\":[%s],\"nextPageToken\":\"WzE3NDM2NzUzMDQ4MDMsIndhLTFmMDRzIl0\"}"
            .formatted(items));
  }

  /** An answer to {@code getPolicy}. */
  static byte[] policy() {
    return compact(POLICY);
  }

  /** Without the white space around tokens that only people need: no string here spans lines. */
  private static byte[] compact(String text) {
    return text.lines()
        .map(String::strip)
        .collect(Collectors.joining())
        .replace("\": ", "\":")
        .replace(", \"", ",\"")
        .replace("{ ", "{")
        .replace(" }", "}")
        .getBytes(UTF_8);
  }
}
