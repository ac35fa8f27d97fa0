package io.kustomersync.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kustomersync.api.KustomerException;
import io.kustomersync.api.NextLink;
import io.kustomersync.api.Page;
import io.kustomersync.checkpoint.Checkpoint;
import io.kustomersync.read.TableDefinition.ListTable;
import io.kustomersync.schema.Records;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ListReaderTest {

  private static final ListTable TAGS = new ListTable("tags", "/v1/tags", 100, List.of(""));

  private final ListReader walk =
      new ListReader(
          TAGS, Checkpoint.start("tags"), new NextLink(URI.create("https://api.kustomerapp.com")));

  private static Page page(String id, String next) {
    return new Page(
        List.of(Records.withAttributes(id, "{\"name\":\"a\"}")),
        OptionalLong.empty(),
        OptionalInt.empty(),
        Optional.ofNullable(next),
        Optional.empty());
  }

  private Delivery accept(Page page) {
    return walk.accept(walk.plan().get(0), page);
  }

  @Test
  void aListThatLeadsBackToItselfIsNotReadForEver() {
    accept(page("a", "/v1/tags?page=2&pageSize=100"));

    assertThatThrownBy(() -> accept(page("b", "/v1/tags?page=1&pageSize=100")))
        .isInstanceOf(ReadException.class)
        .hasMessage(
            "tags: links.next of Kustomer's list leads back to /v1/tags, so its end can't be"
                + " reached; the next poll tries again");
  }

  @Test
  void aListThatLeadsToAnotherHostIsNotFollowed() {
    assertThatThrownBy(() -> accept(page("a", "https://evil.example/v1/tags?page=2")))
        .isInstanceOf(KustomerException.class);
  }

  @Test
  void aListEndsWhereThereIsNoLink() {
    accept(page("a", "/v1/tags?page=2&pageSize=100"));
    accept(page("b", null));

    assertThat(walk.done()).isTrue();
    assertThat(walk.plan()).isEmpty();
    assertThat(walk.checkpoint().known()).containsOnlyKeys("a", "b");
  }
}
