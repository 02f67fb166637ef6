package dev.countersign.bucket4j;

import dev.countersign.rate.Permits;
import io.github.bucket4j.redis.lettuce.Bucket4jLettuce;
import io.lettuce.core.RedisClient;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.io.IOException;
import java.time.Duration;

/**
 * One process of a fleet: takes what it can get for two seconds, or until it got something, three
 * at a time, and says how much that was. Waits for a line before it begins.
 */
final class Taker {

  static final int LIMIT = 630;
  static final int BURST = 30;

  private Taker() {}

  static Permits permits(RedisClient client, String key, int limit, int burst) {
    return Bucket4jPermits.over(
        Bucket4jLettuce.casBasedBuilder(
                client.connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE)))
            .build()
            .asAsync(),
        key,
        limit,
        burst);
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    RedisClient client = RedisClient.create(args[0]);
    try {
      Permits permits = permits(client, args[1], LIMIT, BURST);
      System.out.println("ready");
      System.in.read();
      long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
      int taken = 0;
      while (System.nanoTime() < end || taken == 0) {
        Duration wait = permits.take(3).join();
        if (wait.isZero()) {
          taken += 3;
        } else {
          Thread.sleep(Math.min(wait.toMillis() + 1, 200));
        }
      }
      System.out.println(taken);
    } finally {
      client.shutdown(0, 1, java.util.concurrent.TimeUnit.SECONDS);
    }
  }
}
