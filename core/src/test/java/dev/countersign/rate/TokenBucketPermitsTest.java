package dev.countersign.rate;

class TokenBucketPermitsTest extends PermitsContract {

  @Override
  protected Permits sixAndThenFourAMinute() {
    return TokenBucket.perMinute(10, 6, VirtualTimer.standing());
  }
}
