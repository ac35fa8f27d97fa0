package io.kustomersync.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CompletenessTest {

  private static final String PATH = "/v1/customers/search";

  private final ResponseClassifier sorter = new ResponseClassifier();

  @Test
  void aSearchPageWithFewerRecordsThanItsTotalPromisesIsAskedAgain() {
    assertThatThrownBy(() -> page("page=1&pageSize=5", 5, 7, 3))
        .isInstanceOf(KustomerException.Incomplete.class)
        .hasMessageContaining("holds 3 records")
        .hasMessageContaining("promises 5");
    assertThatThrownBy(() -> page("page=2&pageSize=5", 5, 7, 1))
        .isInstanceOf(KustomerException.Incomplete.class);
    assertThatThrownBy(() -> page("page=1&pageSize=5", 5, 1, 0))
        .isInstanceOf(KustomerException.Incomplete.class);
  }

  @Test
  void aWholePageIsAccepted() {
    assertThat(page("page=1&pageSize=5", 5, 7, 5).records()).hasSize(5);
    assertThat(page("page=2&pageSize=5", 5, 7, 2).records()).hasSize(2);
    assertThat(page("page=3&pageSize=5", 5, 7, 0).records()).isEmpty();
  }

  @Test
  void aServerThatGivesSmallerPagesThanAskedForAndSaysSoIsBelieved() {
    assertThat(page("page=1&pageSize=500", 3, 7, 3).records()).hasSize(3);
  }

  private Page page(String query, int pageSize, int total, int records) {
    String data =
        IntStream.range(0, records)
            .mapToObj("{\"type\":\"customer\",\"id\":\"%d\",\"attributes\":{}}"::formatted)
            .collect(Collectors.joining(","));
    String body =
        "{\"meta\":{\"pageSize\":%d,\"total\":%d},\"data\":[%s]}".formatted(pageSize, total, data);
    return sorter.page(
        ApiRequest.search(PATH, query, "{}"),
        new Answer(200, Map.of(), body.getBytes(StandardCharsets.UTF_8)));
  }
}
