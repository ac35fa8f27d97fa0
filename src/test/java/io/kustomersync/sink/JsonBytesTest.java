package io.kustomersync.sink;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBytesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{\"a\":\"what?\"}", "{\"a\":\"é\"}", "{\"a\":\"漢\"}", "{\"a\":\"🙂?\"}"})
  void isWrittenAsItIsWhereverInTheBufferItComes(String json) throws IOException {
    for (int before = 0; before < 20_000; before += 997) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (JsonGenerator generator = new JsonFactory().createGenerator(out)) {
        generator.writeStartArray();
        generator.writeString("x".repeat(before));
        for (int i = 0; i < 3; i++) {
          generator.writeRawValue(JsonBytes.of(json).orElseThrow());
        }
        generator.writeEndArray();
      }
      assertThat(out.toString(StandardCharsets.UTF_8))
          .isEqualTo("[\"%s\",%s,%s,%s]", "x".repeat(before), json, json, json);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":\"\ud83d\"}", "{\"a\":\"\ude00é\"}", "\ud83d", "\ude00\ud83d"})
  void halfASurrogatePairIsLeftToWhoSaysSo(String json) {
    assertThat(JsonBytes.of(json)).isEmpty();
  }
}
