package io.kustomersync.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeTextTest {

  @Property
  void everyTimeReadsAsTheStandardFormatterWritesIt(
      @ForAll @LongRange(min = -400_000_000_000L, max = 400_000_000_000L) long second,
      @ForAll @IntRange(max = 999_999_999) int nano,
      @ForAll @IntRange(min = -64_800, max = 64_800) int offset) {
    same(Instant.ofEpochSecond(second, nano).atOffset(ZoneOffset.ofTotalSeconds(offset)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2025-03-01T00:00:00Z",
        "2025-03-01T09:08:07.001Z",
        "2025-03-01T09:08:07.100Z",
        "2025-03-01T09:08:07.000000001+05:30",
        "2025-12-31T23:59:59.999999999-05:00",
        "0000-01-01T00:00:00Z",
        "9999-12-31T23:59:59.12Z",
        "+10000-01-01T00:00:00Z",
        "-0001-01-01T00:00:00Z"
      })
  void wholeSecondsAndFewDigitsToo(String text) {
    same(OffsetDateTime.parse(text));
  }

  private static void same(OffsetDateTime time) {
    assertThat(TimeText.of(time)).isEqualTo(DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time));
  }
}
