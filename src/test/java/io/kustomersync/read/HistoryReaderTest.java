package io.kustomersync.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kustomersync.api.Page;
import io.kustomersync.api.PageParser;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class HistoryReaderTest {
  private static final Page EMPTY = page("");
  private static final Page FULL = page("{\"type\":\"note\",\"id\":\"a\",\"attributes\":{}}");

  private static Page page(String records) {
    return new PageParser()
        .parse(("{\"data\":[" + records + "]}").getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void theLastPageIsFoundInFewCalls() {
    HistoryReader walk = new HistoryReader("/v1/notes", OptionalInt.empty());
    int calls = 0;
    while (walk.page().isEmpty()) {
      walk.accept(asked(walk) <= 1_234 ? FULL : EMPTY);
      calls++;
    }

    assertThat(walk.page()).hasValue(1_234);
    assertThat(calls).isLessThan(25);
  }

  @Test
  void anEmptyListIsDoneAtOnce() {
    HistoryReader walk = new HistoryReader("/v1/notes", OptionalInt.empty());

    walk.accept(EMPTY);

    assertThat(walk.done()).isTrue();
  }

  /** As of a server that gives its last page for every number beyond it. */
  @Test
  void aListWithoutAnEndIsGivenUpRatherThanReadPageByPage() {
    HistoryReader walk = new HistoryReader("/v1/notes", OptionalInt.empty());

    assertThatThrownBy(
            () -> {
              for (int calls = 0; calls < 100; calls++) {
                walk.accept(FULL);
              }
            })
        .isInstanceOf(ReadException.class)
        .hasMessageContaining("/v1/notes has records on every page");
  }

  private static int asked(HistoryReader walk) {
    return Integer.parseInt(walk.next().query().replaceAll("page=([0-9]+)&.*", "$1"));
  }
}
