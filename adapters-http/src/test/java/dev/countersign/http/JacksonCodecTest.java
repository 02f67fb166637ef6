package dev.countersign.http;

import dev.countersign.json.JsonCodec;
import dev.countersign.json.JsonCodecContract;

class JacksonCodecTest extends JsonCodecContract {

  private final JsonCodec codec = new JacksonCodec();

  @Override
  protected JsonCodec codec() {
    return codec;
  }
}
