package io.kustomersync.route;

import io.kustomersync.checkpoint.QuarantineEntry;
import io.kustomersync.checkpoint.QuarantineRepository;
import io.kustomersync.schema.RowJson;
import io.kustomersync.schema.TableSchema;
import io.kustomersync.sink.TablePage;
import io.kustomersync.sink.database.RowFault;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A sink refused a page because of what is in it: gives the page by halves to find the rows that
 * can't be taken, puts those into the quarantine, and sees to it that this sink and those behind it
 * have all the others.
 */
public final class QuarantineBadRows implements Processor {

  private static final Logger LOG = LoggerFactory.getLogger(QuarantineBadRows.class);

  /** When not one row of more than so many fits, the fault is taken to be the sink's. */
  private static final int SUSPICIOUS = 10;

  private final QuarantineRepository quarantine;
  private final List<String> sinks;
  private final Clock clock;

  /** A row and why it was refused. */
  private record Refused(Map<String, Object> row, Exception reason) {}

  /**
   * @param sinks the endpoints of the sinks, parted by commas
   */
  public QuarantineBadRows(QuarantineRepository quarantine, String sinks, Clock clock) {
    this.quarantine = quarantine;
    this.sinks = Sinks.of(sinks);
    this.clock = clock;
  }

  @Override
  public void process(Exchange exchange) throws Exception {
    TablePage page = OpenPage.pageOf(exchange);
    String failed =
        exchange
            .getProperty(Exchange.RECIPIENT_LIST_ENDPOINT, "", String.class)
            .replace("direct://", "direct:");
    Set<Object> bad = new HashSet<>();
    try (ProducerTemplate template = exchange.getContext().createProducerTemplate()) {
      for (String sink : sinks.subList(Math.max(0, sinks.indexOf(failed)), sinks.size())) {
        for (Refused refused : give(page, new Giving(template, sink, exchange))) {
          bad.add(refused.row.get("id"));
        }
      }
    }
    Variables.poll(exchange).setAside(bad.size());
  }

  private List<Refused> give(TablePage page, Giving giving) throws Exception {
    List<Refused> refused = new ArrayList<>();
    giving.byHalves(page.schema(), page.rows(), refused);
    int rows = page.rows().size();
    String sink = Sinks.name(giving.sink);
    if (refused.size() == rows && rows > SUSPICIOUS) {
      throw new IllegalStateException(
          page.schema().table()
              + ": the sink "
              + sink
              + " takes none of "
              + rows
              + " rows, so the fault is likely its own; mend the table or the sink, the next poll"
              + " goes on from here",
          refused.get(0).reason);
    }
    quarantine.put(refused.stream().map(one -> entry(page.schema(), sink, one)).toList());
    List<Map<String, Object>> taken = new ArrayList<>(page.rows());
    taken.removeAll(refused.stream().map(Refused::row).toList());
    quarantine.forget(page.schema().table(), Delivered.ids(taken), List.of(sink));
    return refused;
  }

  private QuarantineEntry entry(TableSchema schema, String sink, Refused refused) {
    String id = String.valueOf(refused.row.get("id"));
    String reason = Messages.of(refused.reason);
    LOG.warn("{} {}: sink {} can't take it, put into the quarantine", schema.table(), id, sink);
    return new QuarantineEntry(
        schema.table(),
        id,
        sink,
        Optional.ofNullable(refused.row.get("updated_at")).map(Object::toString),
        refused.row.get("rev") instanceof Long rev ? OptionalLong.of(rev) : OptionalLong.empty(),
        reason,
        Optional.of(RowJson.write(refused.row)),
        Optional.empty(),
        clock.instant());
  }

  /** Gives rows to one sink. */
  private record Giving(ProducerTemplate template, String sink, Exchange poll) {

    void byHalves(TableSchema schema, List<Map<String, Object>> rows, List<Refused> refused)
        throws Exception {
      TablePage page = new TablePage(schema, rows);
      Exception failure =
          template
              .send(
                  sink,
                  part -> {
                    String resource = poll.getVariable(Variables.RESOURCE, String.class);
                    OpenPage.lay(part, page, resource);
                  })
              .getException();
      if (failure == null) {
        return;
      }
      if (!RowFault.isIn(failure)) {
        throw failure;
      }
      if (rows.size() == 1) {
        refused.add(new Refused(rows.get(0), failure));
        return;
      }
      int half = rows.size() / 2;
      byHalves(schema, rows.subList(0, half), refused);
      byHalves(schema, rows.subList(half, rows.size()), refused);
    }
  }
}
