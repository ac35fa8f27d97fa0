package io.kustomersync.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.kustomersync.api.ApiRequest;
import io.kustomersync.api.NextLink;
import io.kustomersync.api.Page;
import io.kustomersync.api.PageParser;
import io.kustomersync.audit.AuditFinding.Kind;
import io.kustomersync.checkpoint.Checkpoint;
import io.kustomersync.read.Delivery;
import io.kustomersync.read.KeptCheckpoints;
import io.kustomersync.read.ModelSink;
import io.kustomersync.read.ReadOptions;
import io.kustomersync.read.TableDefinition.ListTable;
import io.kustomersync.read.TableReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Audits a list of tags that is read whole. */
class ListAuditTest {

  private static final ListTable TAGS = new ListTable("tags", "/v1/tags", 100, List.of(""));
  private static final ReadOptions READING =
      new ReadOptions(
          Instant.EPOCH,
          500,
          Duration.ofMinutes(5),
          1,
          new NextLink(URI.create("http://localhost:1")));

  private final Map<String, String> tags = new TreeMap<>();
  private final ModelSink sink = new ModelSink();
  private final KeptCheckpoints checkpoints = new KeptCheckpoints();
  private Runnable afterEachAnswer = () -> {};

  private void tag(String id, int minute) {
    tags.put(
        id,
        """
        {"type":"tag","id":"%s","attributes":{"updatedAt":"2026-01-01T00:%02d:00.000Z","rev":%d}}
        """
            .formatted(id, minute, minute));
  }

  private Page list(ApiRequest request) {
    String body = "{\"data\":[" + String.join(",", tags.values()) + "],\"links\":{\"next\":null}}";
    Page page = new PageParser().parse(body.getBytes(StandardCharsets.UTF_8));
    afterEachAnswer.run();
    return page;
  }

  private void poll() {
    Checkpoint saved = checkpoints.find("tags").orElse(Checkpoint.start("tags"));
    TableReader walk = TableReader.open(TAGS, saved, READING, Clock.systemUTC());
    while (!walk.done()) {
      ApiRequest next = walk.plan().get(0);
      Runnable kept = afterEachAnswer;
      afterEachAnswer = () -> {};
      Delivery delivery = walk.accept(next, list(next));
      afterEachAnswer = kept;
      sink.deliver(delivery.records());
      delivery.gone().forEach(sink::markDeleted);
    }
    checkpoints.save(walk.checkpoint());
  }

  private Map<String, Kind> audit() {
    AuditReport report =
        TableAudit.of(TAGS, READING, 10, this::list, sink, checkpoints, Clock.systemUTC()).run();
    assertThat(report.refusal()).isEmpty();
    Map<String, Kind> kinds = new TreeMap<>();
    report.findings().forEach(finding -> kinds.put(finding.id(), finding.kind()));
    return kinds;
  }

  @Test
  void findsWhatIsMissingStaleAndExtra() {
    tag("lost", 1);
    tag("old", 2);
    tag("good", 3);
    poll();
    sink.rows.remove("lost");
    SinkRow row = sink.rows.get("old");
    sink.rows.put(
        "old",
        new SinkRow(
            "tags",
            "",
            "old",
            row.updatedAt().map(at -> at.minusSeconds(60)),
            java.util.OptionalLong.of(1),
            false));
    sink.rows.put("never", new SinkRow("tags", "", "never", row.updatedAt(), row.rev(), false));

    assertThat(audit())
        .isEqualTo(Map.of("lost", Kind.MISSING, "old", Kind.STALE, "never", Kind.EXTRA));
  }

  @Test
  void whatTheNextPollWillBringIsNoDifference() {
    tag("good", 1);
    tag("changed", 2);
    tag("going", 3);
    poll();
    tag("changed", 4);
    tag("new", 5);
    tags.remove("going");

    assertThat(audit()).isEmpty();
  }

  @Test
  void whatAPollBringsDuringTheAuditIsNoDifference() {
    tag("good", 1);
    tag("going", 2);
    poll();
    afterEachAnswer =
        () -> {
          afterEachAnswer = () -> {};
          tag("new", 3);
          tags.remove("going");
          poll();
        };

    assertThat(audit()).isEmpty();
  }

  @Test
  void aRowDeliveredButNotYetNotedIsNoDifference() {
    tag("good", 1);
    poll();
    afterEachAnswer =
        () -> {
          // as between the sink's commit and the checkpoint's
          tag("new", 3);
          sink.rows.put(
              "new",
              new SinkRow(
                  "tags", "", "new", Optional.empty(), java.util.OptionalLong.of(3), false));
        };

    assertThat(audit()).isEmpty();
  }
}
