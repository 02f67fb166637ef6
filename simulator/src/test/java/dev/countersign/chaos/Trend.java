package dev.countersign.chaos;

import java.util.List;

/**
 * The straight line nearest to what was measured over time.
 *
 * @param slope how much it rises a minute
 * @param error the slope's standard error
 * @param minutes over how many minutes it was measured
 */
record Trend(double slope, double error, double minutes) {

  /** How many standard errors a rise must have to be one. */
  private static final double SURE = 3;

  /** One measurement. */
  record Point(double minute, double value) {}

  /**
   * The line by least squares.
   *
   * @throws IllegalArgumentException for fewer than three points, or points of one moment
   */
  static Trend of(List<Point> points) {
    int count = points.size();
    if (count < 3) {
      throw new IllegalArgumentException("A trend needs three measurements or more, not " + count);
    }
    double meanX = points.stream().mapToDouble(Point::minute).average().orElseThrow();
    double meanY = points.stream().mapToDouble(Point::value).average().orElseThrow();
    double xx = 0;
    double xy = 0;
    for (Point point : points) {
      xx += (point.minute() - meanX) * (point.minute() - meanX);
      xy += (point.minute() - meanX) * (point.value() - meanY);
    }
    if (xx == 0) {
      throw new IllegalArgumentException("A trend needs measurements of several moments");
    }
    double slope = xy / xx;
    double squares = 0;
    for (Point point : points) {
      double off = point.value() - meanY - slope * (point.minute() - meanX);
      squares += off * off;
    }
    double error = Math.sqrt(squares / (count - 2) / xx);
    return new Trend(slope, error, points.get(count - 1).minute() - points.get(0).minute());
  }

  /** How much it rose from the first measurement to the last. */
  double rise() {
    return slope * minutes;
  }

  /** Whether it rises by more than is allowed, and more than its own noise explains. */
  boolean rises(double allowed) {
    return rise() > allowed && slope > SURE * error;
  }
}
