package io.kustomersync.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever comes, there is a page or a KustomerException, and nothing else. */
class AnswerFuzzTest {

  private static final String PAGE =
      "{\"meta\":{\"pageSize\":1,\"total\":7503,\"timed_out\":false},\"data\":[{\"type\":\"customer\","
          + "\"id\":\"66f1\",\"attributes\":{\"name\":\"Ada \\ud83d\\ude00 é😀\",\"n\":1840.50,\"rev\":35,"
          + "\"deletedAt\":null,\"updatedAt\":\"2025-03-02T08:44:10.907Z\",\"createdAt\":"
          + "\"2024-09-23T17:15:31+02:00\",\"x\":[1e5,-0.1,true,{}]},\"relationships\":{\"org\":{\"data\":"
          + "{\"id\":\"5f65\"}}}}],\"links\":{\"next\":\"/v1/customers?page=2\"}}";

  private static final String ERROR =
      "{\"errors\":[{\"status\":400,\"source\":{\"parameter\":\"a\"},\"code\":\"badparam\","
          + "\"title\":\"pod prod1 prod2 Expired token\"}]}";

  private final ResponseClassifier sorter = new ResponseClassifier();

  @Property(tries = 4_000)
  void aDamagedPageIsAPageOrAnError(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int changes) {
    byte[] body = Damage.ofBytes(PAGE.getBytes(UTF_8), seed, changes);
    try {
      Page page = sorter.page(ApiRequest.get("/v1/customers", ""), new Answer(200, Map.of(), body));
      for (KustomerRecord record : page.records()) {
        assertThat(new String(body, UTF_8)).contains(record.raw());
        assertThat(ExactJson.MAPPER.readTree(record.raw())).isEqualTo(record.json());
      }
    } catch (KustomerException expected) {
      assertThat(expected.getMessage()).startsWith("GET /v1/customers: ");
    } catch (java.io.IOException e) {
      throw new AssertionError("raw is not JSON", e);
    }
  }

  @Property(tries = 2_000)
  void aDamagedErrorIsAnError(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 6) int changes,
      @ForAll @IntRange(min = 100, max = 599) int status) {
    Answer answer =
        new Answer(status, Map.of(), Damage.ofBytes(ERROR.getBytes(UTF_8), seed, changes));
    try {
      sorter.page(ApiRequest.get("/v1/customers", ""), answer);
      assertThat(status).isEqualTo(200);
    } catch (KustomerException expected) {
      assertThat(expected.getMessage()).hasSizeLessThan(1_000).doesNotContainPattern("\\p{Cntrl}");
    }
  }
}
