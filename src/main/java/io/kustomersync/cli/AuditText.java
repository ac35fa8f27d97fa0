package io.kustomersync.cli;

import io.kustomersync.audit.AuditFinding;
import io.kustomersync.audit.AuditFinding.Kind;
import io.kustomersync.audit.AuditReport;
import io.kustomersync.cli.terminal.Terminal;
import io.kustomersync.cli.terminal.TextTable;
import io.kustomersync.cli.terminal.TextTable.Heading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What audits brought, for people and as JSON. */
final class AuditText {
  private static final int MOST_IDS = 20;

  private final List<AuditOutcome> outcomes;

  AuditText(List<AuditOutcome> outcomes) {
    this.outcomes = outcomes;
  }

  void show(Terminal terminal) {
    terminal.show(table());
    for (AuditOutcome outcome : outcomes) {
      lines(outcome.report()).forEach(line -> terminal.say(outcome.report().table() + ": " + line));
    }
    List<AuditFinding> findings =
        outcomes.stream().flatMap(outcome -> outcome.report().findings().stream()).toList();
    if (!findings.isEmpty()) {
      terminal.say("");
      terminal.show(ids(findings.subList(0, Math.min(MOST_IDS, findings.size()))));
      if (findings.size() > MOST_IDS) {
        terminal.say("and " + number(findings.size() - MOST_IDS) + " more: --json");
      }
    }
    wayOut(terminal);
  }

  private TextTable table() {
    return new TextTable(
        List.of(
            Heading.text("table"),
            Heading.text("result"),
            Heading.number("windows"),
            Heading.number("calls"),
            Heading.number("missing"),
            Heading.number("extra"),
            Heading.number("stale"),
            Heading.number("by id"),
            Heading.number("by number")),
        outcomes.stream().map(AuditText::row).toList());
  }

  private static List<String> row(AuditOutcome outcome) {
    AuditReport report = outcome.report();
    return List.of(
        report.table(),
        outcome.word(),
        number(report.windows()),
        number(report.calls()),
        number(report.count(Kind.MISSING)),
        number(report.count(Kind.EXTRA)),
        number(report.count(Kind.STALE)),
        number(report.byId()),
        number(report.byNumber()));
  }

  private static List<String> lines(AuditReport report) {
    List<String> lines = new ArrayList<>();
    report.refusal().ifPresent(lines::add);
    lines.addAll(report.notes());
    if (report.byNumber() > 0) {
      lines.add(
          "of "
              + number(report.byNumber())
              + " rows only the numbers were compared, at most "
              + number(report.coarsest())
              + " at a time; more --calls compare more closely");
    }
    for (AuditReport.Open open : report.open()) {
      lines.add(
          open.from()
              + " to "
              + open.before()
              + ": Kustomer counts "
              + number(open.source())
              + ", the database "
              + number(open.sink())
              + "; allow more --calls to find out which");
    }
    if (report.unjudged() > 0) {
      lines.add(
          number(report.unjudged())
              + " rows may be extra, but could not be asked for by id; allow more --calls, and see that"
              + " the API key may read this table by id");
    }
    return lines;
  }

  private static TextTable ids(List<AuditFinding> findings) {
    return new TextTable(
        List.of(
            Heading.text("table"), Heading.text("is"), Heading.text("id"), Heading.text("updated")),
        findings.stream()
            .map(
                finding ->
                    List.of(
                        finding.sinkTable(),
                        word(finding),
                        finding.id(),
                        finding.updatedAt().map(Instant::toString).orElse("-")))
            .toList());
  }

  private void wayOut(Terminal terminal) {
    long left = outcomes.stream().mapToLong(outcome -> outcome.left().size()).sum();
    if (left == 0) {
      return;
    }
    boolean repaired = outcomes.stream().anyMatch(AuditOutcome::repaired);
    terminal.say(
        repaired
            ? number(left) + " rows are still not as Kustomer has them; see the log of the sinks"
            : "audit --repair gives the sinks what is not as Kustomer has it");
  }

  List<Map<String, Object>> document() {
    return outcomes.stream().map(AuditText::document).toList();
  }

  private static Map<String, Object> document(AuditOutcome outcome) {
    AuditReport report = outcome.report();
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("table", report.table());
    document.put("result", outcome.word());
    document.put("windows", report.windows());
    document.put("calls", report.calls());
    document.put("from", report.from().orElse(null));
    document.put("before", report.before().orElse(null));
    document.put("missing", report.count(Kind.MISSING));
    document.put("extra", report.count(Kind.EXTRA));
    document.put("stale", report.count(Kind.STALE));
    document.put("compared_by_id", report.byId());
    document.put("compared_by_number", report.byNumber());
    document.put("largest_window_by_number", report.coarsest());
    document.put("not_repaired", outcome.repaired() ? outcome.left().size() : null);
    document.put("unjudged", report.unjudged());
    document.put("notes", report.notes());
    document.put("refusal", report.refusal().orElse(null));
    document.put("open", report.open().stream().map(AuditText::document).toList());
    document.put("findings", report.findings().stream().map(AuditText::document).toList());
    return document;
  }

  private static Map<String, Object> document(AuditReport.Open open) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("from", open.from());
    document.put("before", open.before());
    document.put("kustomer", open.source());
    document.put("database", open.sink());
    return document;
  }

  private static Map<String, Object> document(AuditFinding finding) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("is", word(finding));
    document.put("table", finding.sinkTable());
    document.put("id", finding.id());
    document.put("updated_at", finding.updatedAt().orElse(null));
    return document;
  }

  private static String word(AuditFinding finding) {
    return finding.kind().name().toLowerCase(Locale.ROOT);
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
