package dev.countersign.call;

import dev.countersign.action.Assertion;
import dev.countersign.action.Challenge;
import dev.countersign.action.UserAction;
import dev.countersign.credential.Credential;
import dev.countersign.json.JsonCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A frozen call with its challenge: it ends with the credential that it began with. */
final class Begun<T> implements DelegatedCall<T> {

  private final Resumed<T> call;
  private final Credential credential;
  private final Challenge challenge;
  private final JsonCodec codec;

  Begun(Resumed<T> call, Credential credential, Challenge challenge, JsonCodec codec) {
    this.call = call;
    this.credential = credential;
    this.challenge = challenge;
    this.codec = codec;
  }

  @Override
  public UserAction action() {
    return call.action();
  }

  @Override
  public Challenge challenge() {
    return challenge;
  }

  @Override
  public String challengeText() {
    return new String(codec.write(challenge.json()), StandardCharsets.UTF_8);
  }

  @Override
  public String freeze() {
    return call.freeze();
  }

  @Override
  public DelegatedCall<T> begin() {
    return call.begin();
  }

  @Override
  public CompletableFuture<DelegatedCall<T>> beginAsync() {
    return call.beginAsync();
  }

  @Override
  public T execute() {
    return call.execute(credential, challenge);
  }

  @Override
  public CompletableFuture<T> executeAsync() {
    return call.executeAsync(credential, challenge);
  }

  @Override
  public T complete(Assertion assertion) {
    return call.complete(credential, SignedChallenge.of(challenge, assertion));
  }

  @Override
  public CompletableFuture<T> completeAsync(Assertion assertion) {
    return call.completeAsync(credential, SignedChallenge.of(challenge, assertion));
  }

  @Override
  public T complete(String signedChallenge) {
    return call.complete(credential, SignedChallenge.parse(signedChallenge, codec));
  }

  @Override
  public CompletableFuture<T> completeAsync(String signedChallenge) {
    return call.completeAsync(credential, SignedChallenge.parse(signedChallenge, codec));
  }

  @Override
  public DelegatedCall<T> within(Duration deadline) {
    return new Begun<>(call.within(deadline), credential, challenge, codec);
  }

  @Override
  public String toString() {
    return "begun " + action();
  }
}
