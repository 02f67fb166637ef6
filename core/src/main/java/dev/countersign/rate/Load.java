package dev.countersign.rate;

import java.time.Duration;

/**
 * How busy a rate budget is at one moment.
 *
 * @param waiting how many calls wait for their turn, in all lanes
 * @param longestWait for how long the one has waited that came first; zero if nobody waits
 * @param taken how many requests were let through since the budget was made
 * @param pause for how long nothing is let through because Dfns answered 429; zero if it did not
 */
public record Load(int waiting, Duration longestWait, long taken, Duration pause) {}
