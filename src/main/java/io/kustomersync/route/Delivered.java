package io.kustomersync.route;

import io.kustomersync.checkpoint.QuarantineEntry;
import io.kustomersync.checkpoint.QuarantineRepository;
import io.kustomersync.sink.TablePage;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Takes out of the quarantine what a page, now that every sink has it, supersedes. */
public final class Delivered implements Processor {

  private final QuarantineRepository quarantine;
  private final List<String> places;

  /**
   * @param sinks the endpoints of the sinks, parted by commas
   */
  public Delivered(QuarantineRepository quarantine, String sinks) {
    this.quarantine = quarantine;
    this.places =
        Stream.concat(Sinks.of(sinks).stream().map(Sinks::name), Stream.of(QuarantineEntry.MAPPER))
            .toList();
  }

  @Override
  public void process(Exchange exchange) {
    TablePage page = OpenPage.pageOf(exchange);
    quarantine.forget(page.schema().table(), ids(page.rows()), places);
  }

  static List<String> ids(List<Map<String, Object>> rows) {
    return rows.stream().map(row -> String.valueOf(row.get("id"))).toList();
  }
}
