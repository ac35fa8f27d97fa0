package io.kustomersync.api;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the headers of one answer say of a rate limit (kustomer-api.md §6). Everything may be
 * missing; junk counts as missing.
 *
 * @param limit calls per window
 * @param remaining calls left in this window, for all callers together
 * @param untilReset until the window ends, 0 to 120 s
 * @param retryAfter how long to stay away, 0 to 120 s; never seen from Kustomer
 */
public record RateLimit(
    OptionalInt limit,
    OptionalInt remaining,
    Optional<Duration> untilReset,
    Optional<Duration> retryAfter) {

  /** Nothing is known: no such headers, or no answer. */
  public static final RateLimit UNKNOWN =
      new RateLimit(OptionalInt.empty(), OptionalInt.empty(), Optional.empty(), Optional.empty());

  /** Nothing but the limit is known. */
  static RateLimit ofLimit(int limit) {
    return new RateLimit(
        OptionalInt.of(limit), OptionalInt.empty(), Optional.empty(), Optional.empty());
  }

  private static final Duration LONGEST = Duration.ofSeconds(120);
  private static final Duration WINDOW = Duration.ofSeconds(60);
  private static final BigDecimal EPOCH_MILLIS = BigDecimal.valueOf(1_000_000_000_000L);
  private static final BigDecimal EPOCH_SECONDS = BigDecimal.valueOf(1_000_000_000L);
  private static final int MAX_COUNT = 10_000_000;

  /**
   * @param now when the answer came, by our clock; only used when the answer has no {@code Date}
   */
  public static RateLimit of(Answer answer, Instant now) {
    // The server's own clock, where told: a reset is an instant on it, and ours may be wrong.
    Instant here = answer.header("date").flatMap(RateLimit::httpDate).orElse(now);
    return new RateLimit(
        count(answer, "x-ratelimit-limit", 1),
        count(answer, "x-ratelimit-remaining", 0),
        number(answer, "x-ratelimit-reset").map(reset -> untilReset(reset, here)),
        retryAfter(answer, here));
  }

  /** The unit is disputed: epoch milliseconds, epoch seconds, or seconds from now, by size. */
  private static Duration untilReset(BigDecimal reset, Instant now) {
    if (reset.compareTo(EPOCH_SECONDS) <= 0) {
      return bounded(seconds(reset));
    }
    BigDecimal millis = reset.compareTo(EPOCH_MILLIS) > 0 ? reset : reset.scaleByPowerOfTen(3);
    return bounded(Duration.between(now, Instant.ofEpochMilli(millis.longValue())));
  }

  private static Optional<Duration> retryAfter(Answer answer, Instant now) {
    Optional<Duration> wait = number(answer, "retry-after").map(RateLimit::seconds);
    return wait.or(
            () ->
                answer
                    .header("retry-after")
                    .flatMap(RateLimit::httpDate)
                    .map(then -> Duration.between(now, then)))
        .map(RateLimit::bounded);
  }

  private static Duration seconds(BigDecimal seconds) {
    return Duration.ofMillis(seconds.scaleByPowerOfTen(3).longValue());
  }

  /** An absurd wait, past or far off, becomes one whole window. */
  private static Duration bounded(Duration wait) {
    return wait.isNegative() || wait.compareTo(LONGEST) > 0 ? WINDOW : wait;
  }

  private static OptionalInt count(Answer answer, String header, int least) {
    return number(answer, header)
        .filter(n -> n.compareTo(BigDecimal.valueOf(MAX_COUNT)) <= 0)
        .map(n -> Math.max(0, n.intValue()))
        .filter(n -> n >= least)
        .map(OptionalInt::of)
        .orElse(OptionalInt.empty());
  }

  private static Optional<BigDecimal> number(Answer answer, String header) {
    return answer
        .header(header)
        .map(String::strip)
        .filter(text -> text.matches("-?\\d{1,16}(\\.\\d{1,9})?"))
        .map(BigDecimal::new);
  }

  private static Optional<Instant> httpDate(String text) {
    try {
      return Optional.of(
          ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException notADate) {
      return Optional.empty();
    }
  }
}
