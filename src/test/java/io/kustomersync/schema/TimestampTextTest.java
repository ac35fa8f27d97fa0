package io.kustomersync.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampTextTest {

  @ParameterizedTest
  @CsvSource({
    "2025-03-02T08:44:10.907Z, 2025-03-02T08:44:10.907Z",
    "2025-02-28T10:54:29-05:00, 2025-02-28T10:54:29-05:00",
    "2025-02-28T10:54:29+0530, 2025-02-28T10:54:29+05:30",
    "2025-02-28T10:54:29+05, 2025-02-28T10:54:29+05:00",
    "2025-02-28 10:54:29.000001+00:00, 2025-02-28T10:54:29.000001Z",
    "2025-02-28T10:54Z, 2025-02-28T10:54:00Z",
    "2024-02-29, 2024-02-29T00:00:00Z",
    "0001-01-01T00:00:00.123456789Z, 0001-01-01T00:00:00.123456789Z"
  })
  void readsWhatKustomerWrites(String text, String same) {
    assertThat(TimestampText.parse(text)).contains(OffsetDateTime.parse(same));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "yesterday",
        "2025-02-29",
        "2025-13-01T00:00:00Z",
        "2025-02-28T10:54:29",
        "2025-02-28T10:54:29.1234567891Z",
        "2025-02-28T24:00:00Z",
        "2025-02-28T10:54:29Zx",
        "2025-02-28T10:54:29.Z",
        "2025-02-28T10:54:29+25:00",
        "1740740069",
        "2025-02-28T"
      })
  void refusesWhatWouldLoseOrInventSomething(String text) {
    assertThat(TimestampText.parse(text)).isEmpty();
  }
}
