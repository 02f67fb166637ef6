package dev.countersign.simulator.delivery;

import dev.countersign.simulator.webhooks.Courier;
import dev.countersign.simulator.webhooks.Parcel;
import dev.countersign.simulator.webhooks.Receipt;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Sends parcels as HTTP/1.1 POST requests. Its client is made when the first parcel is sent: a
 * simulator without webhooks has none.
 */
public final class HttpCourier implements Courier {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final AtomicReference<@Nullable HttpClient> client = new AtomicReference<>();

  /** One that has sent nothing yet. */
  public HttpCourier() {}

  @Override
  public Receipt send(Parcel parcel) {
    HttpRequest request =
        HttpRequest.newBuilder(parcel.address())
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .header(Parcel.HEADER, parcel.signature())
            .POST(BodyPublishers.ofByteArray(parcel.body()))
            .build();
    try {
      HttpResponse<Void> response = client().send(request, BodyHandlers.discarding());
      return Receipt.answered(response.statusCode());
    } catch (HttpTimeoutException e) {
      return Receipt.unanswered("no answer within " + PATIENCE.toSeconds() + " seconds");
    } catch (ConnectException e) {
      return Receipt.unanswered("the receiver cannot be reached");
    } catch (IOException e) {
      return Receipt.unanswered("the receiver gave no HTTP answer");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Receipt.unanswered("sending was interrupted");
    }
  }

  private HttpClient client() {
    HttpClient made = client.get();
    if (made == null) {
      client.compareAndSet(
          null,
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .followRedirects(HttpClient.Redirect.NEVER)
              .connectTimeout(PATIENCE)
              .build());
      return client();
    }
    return made;
  }
}
