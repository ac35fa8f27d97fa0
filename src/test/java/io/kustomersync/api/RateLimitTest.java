package io.kustomersync.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitTest {

  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z"); // 1795435200

  private static RateLimit told(String... headers) {
    Map<String, String> map = new java.util.HashMap<>();
    for (int i = 0; i < headers.length; i += 2) {
      map.put(headers[i], headers[i + 1]);
    }
    return RateLimit.of(new Answer(200, map, new byte[0]), NOW);
  }

  @Test
  void readsLimitAndRemaining() {
    RateLimit told = told("x-ratelimit-limit", "1000", "x-ratelimit-remaining", " 0 ");
    assertThat(told.limit()).hasValue(1000);
    assertThat(told.remaining()).hasValue(0);
    assertThat(told.untilReset()).isEmpty();
    assertThat(told()).isEqualTo(RateLimit.UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource({
    "1795435242, 42",
    "1795435242.0, 42",
    "1795435242000, 42",
    "42, 42",
    "0, 0",
    "1795435200, 0",
    "1795435320, 120",
    "1795435199, 60",
    "1795435321, 60",
    "121, 60",
    "-5, 60",
    "9999999999999999, 60",
  })
  void readsResetInWhateverUnitAndCapsTheAbsurd(String reset, long seconds) {
    assertThat(told("x-ratelimit-reset", reset).untilReset()).contains(Duration.ofSeconds(seconds));
  }

  @Test
  void measuresResetOnTheClockOfTheServer() {
    assertThat(
            told("x-ratelimit-reset", "1795438830", "date", "Mon, 23 Nov 2026 13:00:00 GMT")
                .untilReset())
        .contains(Duration.ofSeconds(30));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "1e9", "0x10", "NaN", "1,000", "99999999999999999999999"})
  void takesJunkForNothing(String junk) {
    RateLimit told =
        told(
            "x-ratelimit-limit", junk,
            "x-ratelimit-remaining", junk,
            "x-ratelimit-reset", junk,
            "retry-after", junk,
            "date", junk);
    assertThat(told).isEqualTo(RateLimit.UNKNOWN);
  }

  @Test
  void hasNoLimitOfZero() {
    assertThat(told("x-ratelimit-limit", "0").limit()).isEmpty();
  }

  @Test
  void readsRetryAfterAsSecondsOrDate() {
    assertThat(told("retry-after", "7").retryAfter()).contains(Duration.ofSeconds(7));
    assertThat(told("retry-after", "Mon, 23 Nov 2026 12:00:09 GMT").retryAfter())
        .isEqualTo(Optional.of(Duration.ofSeconds(9)));
    assertThat(told("retry-after", "86400").retryAfter()).contains(Duration.ofSeconds(60));
  }
}
