package dev.countersign.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import dev.countersign.Dfns;
import dev.countersign.api.wallets.UpdateWalletBody;
import dev.countersign.api.wallets.Wallet;
import dev.countersign.credential.AccessToken;
import dev.countersign.credential.Credential;
import dev.countersign.credential.CredentialId;
import dev.countersign.credential.CredentialSource;
import dev.countersign.http.DfnsBuilder;
import dev.countersign.http.JdkTransport;
import dev.countersign.rate.Permits;
import dev.countersign.signing.SignatureAlgorithm;
import dev.countersign.signing.Signer;
import dev.countersign.transport.Request;
import dev.countersign.transport.Transport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What one signed call costs this process, beside three bare exchanges of {@code java.net.http}
 * with the same bytes to the same server; and what 10,000 asynchronous calls in flight hold. The
 * signer gives a fixed signature, the server is a process of its own and verifies nothing.
 */
final class SignedCallCost implements AutoCloseable {

  private static final double GOAL = 1.25;
  private static final int IN_FLIGHT = 10_000;

  /** More connections than this are not opened at once: the server's backlog is limited. */
  private static final int AT_ONCE = 500;

  private static final String ID = "Y2ktMTIzNDU";

  private final OperatingSystemMXBean system =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private final ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
  private final UpdateWalletBody body = UpdateWalletBody.builder().name("renamed").build();
  private final Process server;
  private final URI url;
  private final Dfns dfns;
  private final HttpClient bare =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
  private final List<Request> recorded;

  SignedCallCost() throws IOException {
    this.server = start();
    String port =
        new BufferedReader(
                new InputStreamReader(server.getInputStream(), StandardCharsets.US_ASCII))
            .readLine();
    this.url = URI.create("http://127.0.0.1:" + port);
    this.dfns = dfns(JdkTransport.builder().build());
    List<Request> requests = new CopyOnWriteArrayList<>();
    JdkTransport real = JdkTransport.builder().build();
    Transport recording =
        request -> {
          requests.add(request);
          return real.send(request);
        };
    Wallet wallet = dfns(recording).wallets().updateWallet("wa-1", body).execute();
    if (requests.size() != 3 || !wallet.id().equals("wa-1")) {
      throw new IllegalStateException("A signed call is three requests, not " + requests);
    }
    this.recorded = List.copyOf(requests);
  }

  private static Process start() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx1g",
            "-Dsun.net.httpserver.nodelay=true",
            "-Dsun.net.httpserver.maxIdleConnections=20000",
            "-cp",
            System.getProperty("java.class.path"),
            FixedServer.class.getName())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private Dfns dfns(Transport transport) {
    return DfnsBuilder.create()
        .apiUrl(url)
        .transport(transport)
        .permits(Permits.unlimited())
        .deadline(Duration.ofMinutes(5))
        .credentials(
            CredentialSource.of(
                Credential.of(
                    AccessToken.of("e30.".repeat(200)), new CredentialId(ID), new FixedSigner())))
        .build();
  }

  private void ours() {
    if (!dfns.wallets().updateWallet("wa-1", body).execute().id().equals("wa-1")) {
      throw new IllegalStateException("Another wallet came");
    }
  }

  private void bare() throws IOException, InterruptedException {
    for (Request request : recorded) {
      HttpRequest.Builder message =
          HttpRequest.newBuilder(request.uri())
              .version(HttpClient.Version.HTTP_1_1)
              .method(
                  request.method(),
                  HttpRequest.BodyPublishers.ofByteArray(request.body().orElseThrow()));
      request.headers().forEach(message::header);
      int status = bare.send(message.build(), HttpResponse.BodyHandlers.ofByteArray()).statusCode();
      if (status != 200) {
        throw new IllegalStateException("The server answered " + status);
      }
    }
  }

  /** Measures so many rounds of so many calls, in turns; the medians count. */
  String measure(int rounds, int calls) {
    List<Double> cpu = new ArrayList<>();
    List<Double> bareCpu = new ArrayList<>();
    List<Double> bytes = new ArrayList<>();
    List<Double> bareBytes = new ArrayList<>();
    run(this::ours, calls, new ArrayList<>(), new ArrayList<>());
    run(this::bare, calls, new ArrayList<>(), new ArrayList<>());
    for (int i = 0; i < rounds; i++) {
      run(this::ours, calls, cpu, bytes);
      run(this::bare, calls, bareCpu, bareBytes);
    }
    double ratio = Statistics.median(cpu) / Statistics.median(bareCpu);
    return String.format(
        Locale.ROOT,
        "%-26s %8s %8s%n%-26s %8.1f %8.1f%n%-26s %8.1f %8.1f%n"
            + "CPU %.2f times three bare exchanges, expected ≤ %.2f%s; allocation %.2f times%n%n",
        "one signed call",
        "µs CPU",
        "KiB",
        "  through everything",
        Statistics.median(cpu),
        Statistics.median(bytes) / 1024,
        "  three bare exchanges",
        Statistics.median(bareCpu),
        Statistics.median(bareBytes) / 1024,
        ratio,
        GOAL,
        ratio > GOAL ? ": more than expected" : "",
        Statistics.median(bytes) / Statistics.median(bareBytes));
  }

  /** One round: what it took per call, of all threads. */
  private void run(Work work, int calls, List<Double> cpu, List<Double> bytes) {
    long cpuBefore = system.getProcessCpuTime();
    long bytesBefore = allocated();
    try {
      for (int i = 0; i < calls; i++) {
        work.run();
      }
    } catch (IOException e) {
      throw new IllegalStateException("The server did not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while measuring", e);
    }
    bytes.add((double) (allocated() - bytesBefore) / calls);
    cpu.add((system.getProcessCpuTime() - cpuBefore) / 1e3 / calls);
  }

  private long allocated() {
    long sum = 0;
    for (long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
      sum += Math.max(bytes, 0);
    }
    return sum;
  }

  /** Starts them all, waits until each is at its last exchange, and looks at what there is. */
  String inFlight() throws IOException {
    int before = threads.getThreadCount();
    long heapBefore = heap();
    threads.resetPeakThreadCount();
    List<CompletableFuture<Wallet>> calls = new ArrayList<>();
    while (calls.size() < IN_FLIGHT) {
      for (int i = 0; i < AT_ONCE; i++) {
        calls.add(dfns.wallets().updateWallet("stalled", body).executeAsync());
      }
      untilStalled(calls);
    }
    int during = threads.getThreadCount();
    int peak = threads.getPeakThreadCount();
    double held = (heap() - heapBefore) / 1024.0;
    String released = ask("/release");
    calls.forEach(CompletableFuture::join);
    return String.format(
        Locale.ROOT,
        "%,d asynchronous calls in flight: %d threads (%d before, peak %d), %,.0f KiB of heap,"
            + " %.1f KiB a call; all %s%n",
        IN_FLIGHT,
        during,
        before,
        peak,
        held,
        held / IN_FLIGHT,
        released);
  }

  private void untilStalled(List<CompletableFuture<Wallet>> calls) throws IOException {
    long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (Integer.parseInt(ask("/stalled")) < calls.size()) {
      for (CompletableFuture<Wallet> call : calls) {
        if (call.isDone()) {
          call.join();
        }
      }
      if (System.nanoTime() - end > 0) {
        throw new IllegalStateException("Only " + ask("/stalled") + " calls got under way");
      }
    }
  }

  private static long heap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private String ask(String path) throws IOException {
    try {
      Thread.sleep(100);
      return bare.send(
              HttpRequest.newBuilder(url.resolve(path)).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while measuring", e);
    }
  }

  @Override
  public void close() {
    server.destroy();
  }

  @FunctionalInterface
  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  /** Signs nothing, at once. */
  private static final class FixedSigner implements Signer {
    private final byte[] signature = new byte[64];

    @Override
    public PublicKey publicKey() {
      throw new IllegalStateException("Nobody asks for the public key");
    }

    @Override
    public SignatureAlgorithm algorithm() {
      return SignatureAlgorithm.ED25519;
    }

    @Override
    public byte[] sign(byte[] message) {
      return signature;
    }

    @Override
    public void close() {}
  }
}
