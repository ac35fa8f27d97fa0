package io.kustomersync.sink.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PortionsTest {

  private static final Portions PORTIONS = new Portions(3, 100);

  private static List<Integer> lengthsOf(int... lengths) {
    List<Map<String, Object>> rows =
        IntStream.of(lengths).mapToObj(n -> Map.<String, Object>of("text", "x".repeat(n))).toList();
    List<List<Map<String, Object>>> portions = PORTIONS.split(rows);
    assertThat(portions.stream().flatMap(List::stream)).containsExactlyElementsOf(rows);
    return portions.stream().map(List::size).toList();
  }

  @Test
  void holdAtMostSoManyRows() {
    assertThat(lengthsOf(1, 1, 1, 1, 1, 1, 1)).containsExactly(3, 3, 1);
    assertThat(lengthsOf()).isEmpty();
  }

  @Test
  void holdNoMoreTextThanTheyMayUnlessOneRowHasMore() {
    assertThat(lengthsOf(50, 50, 1)).containsExactly(2, 1);
    assertThat(lengthsOf(60, 60, 60)).containsExactly(1, 1, 1);
    assertThat(lengthsOf(1, 1_000, 1_000, 1, 1)).containsExactly(1, 1, 1, 2);
  }

  @Test
  void aRowThatIsLongIsToldFromOneThatOnlyEndsUpAlone() {
    assertThat(PORTIONS.isLong(Map.of("text", "x".repeat(101)))).isTrue();
    assertThat(PORTIONS.isLong(Map.of("text", "x".repeat(100)))).isFalse();
  }
}
