package dev.countersign.call;

import dev.countersign.transport.Reply;
import dev.countersign.transport.Request;
import dev.countersign.transport.Transport;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** A transport that answers what it was told to, in order, and remembers what it was given. */
final class ScriptedTransport implements Transport {

  static final String CHALLENGE =
      """
      {"challenge":"Y2gtMQ","challengeIdentifier":"ci-secret-1","supportedCredentialKinds":[],\
      "userVerification":"preferred","attestation":"direct","externalAuthenticationUrl":"",\
      "allowCredentials":{"webauthn":[],"key":[{"type":"public-key","id":"cr-other"},\
      {"type":"public-key","id":"cr-mine"}]}}""";
  static final String USER_ACTION = "{\"userAction\":\"ua-secret-1\"}";

  private final Queue<Supplier<CompletableFuture<Reply>>> script = new ConcurrentLinkedQueue<>();
  private final Map<Integer, Runnable> tasks = new ConcurrentHashMap<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();

  ScriptedTransport answer(int status, String body) {
    return answer(status, Map.of("Content-Type", List.of("application/json")), body);
  }

  ScriptedTransport answer(int status, Map<String, List<String>> headers, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return then(() -> CompletableFuture.completedFuture(Reply.of(status, headers, bytes)));
  }

  ScriptedTransport fail(RuntimeException failure) {
    return then(() -> CompletableFuture.failedFuture(failure));
  }

  ScriptedTransport then(Supplier<CompletableFuture<Reply>> step) {
    script.add(step);
    return this;
  }

  /** The same with a challenge and a user action that can be told apart from others. */
  ScriptedTransport signing(int number) {
    return answer(200, CHALLENGE.replace("ci-secret-1", "ci-secret-" + number))
        .answer(200, USER_ACTION.replace("ua-secret-1", "ua-secret-" + number));
  }

  /** The two exchanges that every signed call begins with. */
  ScriptedTransport signing() {
    return answer(200, CHALLENGE).answer(200, USER_ACTION);
  }

  /** Has something happen when the request of this index comes, before it is answered. */
  ScriptedTransport onRequest(int index, Runnable task) {
    tasks.put(index, task);
    return this;
  }

  @Override
  public CompletableFuture<Reply> send(Request request) {
    requests.add(request);
    tasks.getOrDefault(requests.size() - 1, () -> {}).run();
    Supplier<CompletableFuture<Reply>> step = script.poll();
    if (step == null) {
      throw new IllegalStateException("Nothing was scripted for " + request);
    }
    return step.get();
  }

  List<Request> requests() {
    return new ArrayList<>(requests);
  }

  Request request(int index) {
    return requests.get(index);
  }

  String body(int index) {
    return new String(requests.get(index).body().orElseThrow(), StandardCharsets.UTF_8);
  }
}
