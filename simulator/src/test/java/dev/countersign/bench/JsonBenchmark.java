package dev.countersign.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.countersign.api.policies.Policy;
import dev.countersign.api.policies.PolicyWalletsSign;
import dev.countersign.api.wallets.ListWalletsResponse;
import dev.countersign.api.wallets.TransferRequest;
import dev.countersign.api.wallets.Wallet;
import dev.countersign.http.JacksonCodec;
import dev.countersign.json.JsonObject;
import dev.countersign.json.JsonView;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Bytes to a typed value and back, and for comparison the same bytes to a tree of Jackson's
 * databind and back. What stands behind {@code read} is decoded and then asked for what a program
 * wants to know; nothing is compared with that.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class JsonBenchmark {

  private final JacksonCodec codec = new JacksonCodec();
  private final ObjectMapper mapper = new ObjectMapper();

  private final byte[] transferBytes = Samples.transfer();
  private final byte[] walletsBytes = Samples.wallets();
  private final byte[] policyBytes = Samples.policy();

  private final TransferRequest transfer = TransferRequest.of(parse(transferBytes));
  private final ListWalletsResponse wallets = ListWalletsResponse.of(parse(walletsBytes));
  private final Policy policy = Policy.of(parse(policyBytes));

  private final JsonNode transferTree = tree(transferBytes);
  private final JsonNode walletsTree = tree(walletsBytes);
  private final JsonNode policyTree = tree(policyBytes);

  @Benchmark
  public TransferRequest decodeTransfer() {
    return TransferRequest.of(parse(transferBytes));
  }

  @Benchmark
  public JsonNode decodeTransferDatabind() throws IOException {
    return mapper.readTree(transferBytes);
  }

  @Benchmark
  public byte[] encodeTransfer() {
    return write(transfer);
  }

  @Benchmark
  public byte[] encodeTransferDatabind() throws JsonProcessingException {
    return mapper.writeValueAsBytes(transferTree);
  }

  /** Which transfer it is, how it went, and what it moved where. */
  @Benchmark
  public void readTransfer(Blackhole out) {
    TransferRequest read = decodeTransfer();
    out.consume(read.id());
    out.consume(read.status());
    out.consume(read.txHash());
    out.consume(read.dateConfirmed());
    out.consume(read.requestBody());
  }

  @Benchmark
  public ListWalletsResponse decodeWallets() {
    return ListWalletsResponse.of(parse(walletsBytes));
  }

  @Benchmark
  public JsonNode decodeWalletsDatabind() throws IOException {
    return mapper.readTree(walletsBytes);
  }

  @Benchmark
  public byte[] encodeWallets() {
    return write(wallets);
  }

  @Benchmark
  public byte[] encodeWalletsDatabind() throws JsonProcessingException {
    return mapper.writeValueAsBytes(walletsTree);
  }

  /** Of each wallet, what names it. */
  @Benchmark
  public void readWallets(Blackhole out) {
    for (Wallet wallet : decodeWallets().items()) {
      out.consume(wallet.id());
      out.consume(wallet.network());
      out.consume(wallet.address());
      out.consume(wallet.status());
      out.consume(wallet.name());
    }
  }

  @Benchmark
  public Policy decodePolicy() {
    return Policy.of(parse(policyBytes));
  }

  @Benchmark
  public JsonNode decodePolicyDatabind() throws IOException {
    return mapper.readTree(policyBytes);
  }

  @Benchmark
  public byte[] encodePolicy() {
    return codec.write(policy.json());
  }

  @Benchmark
  public byte[] encodePolicyDatabind() throws JsonProcessingException {
    return mapper.writeValueAsBytes(policyTree);
  }

  /** Which policy it is, whether it counts, and what it does when. */
  @Benchmark
  public void readPolicy(Blackhole out) {
    if (decodePolicy() instanceof PolicyWalletsSign read) {
      out.consume(read.id());
      out.consume(read.status());
      out.consume(read.rule());
      out.consume(read.action());
      out.consume(read.filters());
    }
  }

  private JsonObject parse(byte[] bytes) {
    return (JsonObject) codec.parse(bytes);
  }

  private byte[] write(JsonView view) {
    return codec.write(view.json());
  }

  private JsonNode tree(byte[] bytes) {
    try {
      return mapper.readTree(bytes);
    } catch (IOException e) {
      throw new IllegalStateException("A sample is not JSON", e);
    }
  }
}
