package io.kustomersync.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.kustomersync.api.Answer;
import io.kustomersync.api.ApiRequest;
import io.kustomersync.api.NextLink;
import io.kustomersync.api.Page;
import io.kustomersync.api.ResponseClassifier;
import io.kustomersync.audit.AuditFinding.Kind;
import io.kustomersync.checkpoint.Checkpoint;
import io.kustomersync.read.KeptCheckpoints;
import io.kustomersync.read.ReadOptions;
import io.kustomersync.read.TableDefinition.History;
import io.kustomersync.read.TableDefinition.SearchTable;
import io.kustomersync.sandbox.SandboxKustomer;
import io.kustomersync.sandbox.data.JournalEntry;
import io.kustomersync.sandbox.options.Quirk;
import io.kustomersync.sandbox.options.SandboxOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One row among a million, as the sandbox serves them. */
class MillionRowsAuditTest {

  private static final int ROWS = 1_000_000;
  private static final SearchTable CONVERSATIONS =
      new SearchTable(
          "conversations", "conversation", "conversation", History.ARCHIVE, "/v1/conversations");
  private static final Instant NOW = Instant.now();
  private static final Instant START = NOW.minus(Duration.ofDays(600));

  private static SandboxKustomer kustomer;
  private static List<JournalEntry> all;

  private final HttpClient http = HttpClient.newHttpClient();
  private int calls;

  @BeforeAll
  static void start() {
    kustomer =
        SandboxKustomer.start(
            SandboxOptions.empty()
                .count("conversations", ROWS)
                .span(START.plusSeconds(1), NOW.minus(Duration.ofHours(1)))
                .ties("conversations", 20_000, false)
                .with(Quirk.NO_LIMITS, Quirk.NO_GZIP));
    all = new ArrayList<>(kustomer.journal("conversations"));
    all.sort(Comparator.comparing(JournalEntry::updatedAt));
  }

  @AfterAll
  static void stop() {
    kustomer.close();
    all = null;
  }

  /** Holds all but some; entries stay in order of time. */
  private record Holding(List<JournalEntry> rows) implements SinkRows {
    private int first(Instant at) {
      int low = 0;
      int high = rows.size();
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (rows.get(middle).updatedAt().isBefore(at)) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low;
    }

    private static SinkRow row(JournalEntry entry) {
      return new SinkRow(
          "conversations",
          "",
          entry.id(),
          Optional.of(entry.updatedAt()),
          OptionalLong.of(entry.rev()),
          entry.deleted());
    }

    @Override
    public Count count(Instant from, Instant before) {
      return new Count(first(before) - first(from), 0);
    }

    @Override
    public Optional<Instant> middle(Instant from, Instant before) {
      int first = first(from);
      int end = first(before);
      return first == end ? Optional.empty() : Optional.of(rows.get((first + end) / 2).updatedAt());
    }

    @Override
    public List<SinkRow> between(Instant from, Instant before) {
      return rows.subList(first(from), first(before)).stream().map(Holding::row).toList();
    }

    @Override
    public List<SinkRow> find(Collection<String> ids) {
      Set<String> wanted = new HashSet<>(ids);
      return rows.stream().filter(row -> wanted.contains(row.id())).map(Holding::row).toList();
    }

    @Override
    public List<SinkRow> all() {
      return rows.stream().map(Holding::row).toList();
    }
  }

  private Page ask(ApiRequest request) {
    calls++;
    HttpRequest.Builder call =
        HttpRequest.newBuilder(
                URI.create(
                    kustomer.url()
                        + request.path()
                        + (request.query().isEmpty() ? "" : "?" + request.query())))
            .header("Authorization", "Bearer sandbox-token")
            .header("Content-Type", "application/json");
    request.body().ifPresent(body -> call.POST(HttpRequest.BodyPublishers.ofString(body)));
    try {
      HttpResponse<byte[]> answer =
          http.send(call.build(), HttpResponse.BodyHandlers.ofByteArray());
      return new ResponseClassifier()
          .page(request, new Answer(answer.statusCode(), Map.of(), answer.body()));
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private AuditReport audit(List<JournalEntry> held, int limit) {
    KeptCheckpoints checkpoints = new KeptCheckpoints();
    checkpoints.save(Checkpoint.start("conversations").restartedAt(START).withPosition(NOW));
    ReadOptions reading =
        new ReadOptions(
            START, 500, Duration.ofMinutes(5), 1, new NextLink(URI.create(kustomer.url())));
    return TableAudit.of(
            CONVERSATIONS,
            reading,
            limit,
            this::ask,
            new Holding(held),
            checkpoints,
            Clock.systemUTC())
        .run();
  }

  /** Wherever it is; half of the calls the default allows are enough. */
  @Test
  void findsOneRemovedRowAmongAMillionInAtMostThirtyCalls() {
    Random random = new Random(20261123);
    int most = 0;
    for (int place :
        new int[] {0, ROWS - 1, ROWS / 4, random.nextInt(ROWS), random.nextInt(ROWS)}) {
      List<JournalEntry> held = new ArrayList<>(all);
      JournalEntry lost = held.remove(place);
      int before = calls;

      AuditReport report = audit(held, 30);

      assertThat(report.findings())
          .singleElement()
          .satisfies(
              finding -> {
                assertThat(finding.kind()).isEqualTo(Kind.MISSING);
                assertThat(finding.id()).isEqualTo(lost.id());
              });
      assertThat(report.open()).isEmpty();
      assertThat(calls - before).isEqualTo(report.calls()).isLessThanOrEqualTo(30);
      most = Math.max(most, report.calls());
    }
    assertThat(most).isPositive();
  }

  /** Such a bulk write can only be read as a whole: 40 pages. */
  @Test
  void findsOneRemovedRowAmongTwentyThousandOfOneMillisecondInAtMostSixtyCalls() {
    Map<Instant, Long> instants =
        all.stream().collect(Collectors.groupingBy(JournalEntry::updatedAt, Collectors.counting()));
    Instant bulk =
        instants.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
    assertThat(instants.get(bulk)).isGreaterThanOrEqualTo(20_000);
    for (int place : new int[] {0, 10_000, 19_999}) {
      List<JournalEntry> held = new ArrayList<>(all);
      JournalEntry lost = held.remove(new Holding(all).first(bulk) + place);

      AuditReport report = audit(held, 60);

      System.out.println("a row lost in a bulk write of 20,000: " + report.calls() + " calls");
      assertThat(report.findings())
          .singleElement()
          .satisfies(finding -> assertThat(finding.id()).isEqualTo(lost.id()));
      assertThat(report.open()).isEmpty();
    }
  }

  @Test
  void findsARowThatKustomerDeletedWithoutATraceInAtMostSixtyCalls() {
    List<JournalEntry> held = new ArrayList<>(all);
    JournalEntry one = held.get(123_456);
    JournalEntry extra =
        new JournalEntry("5f0000000000000000000000", 1, one.updatedAt(), false, true);
    held.add(123_456, extra);

    AuditReport report = audit(held, 60);

    assertThat(report.findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.kind()).isEqualTo(Kind.EXTRA));
    assertThat(report.calls()).isLessThanOrEqualTo(60);
  }
}
