package io.kustomersync.route;

import java.util.Map;
import org.apache.camel.Exchange;

/** The exchange variables that routes and sinks see. */
public final class Variables {

  /** Name of the table that is polled, later of the table whose rows a sink gets. */
  public static final String TABLE = "table";

  /** {@link Poll}. */
  public static final String POLL = "poll";

  /** Who is told of each page: a {@code Consumer<Poll>}; may be absent. */
  public static final String WATCHER = "watcher";

  /** What a poll failed with; absent when it did not. */
  public static final String FAILURE = "failure";

  /** {@link io.kustomersync.api.ApiRequest} under way. */
  public static final String REQUEST = "request";

  /** {@link io.kustomersync.api.Budget.Call} under way. */
  public static final String CALL = "call";

  /** {@link RowsAhead} by table, of the page in hand. */
  static final String ROWS_AHEAD = "rowsAhead";

  /** {@link io.kustomersync.schema.TableSchema} of the rows. */
  public static final String SCHEMA = "schema";

  /** {@link io.kustomersync.sink.PageInfo}. */
  public static final String PAGE = "page";

  /** Name of the connection. */
  public static final String RESOURCE = "resource";

  private Variables() {}

  static Poll poll(Exchange exchange) {
    return exchange.getVariable(POLL, Poll.class);
  }

  /** Empty where none were made. */
  @SuppressWarnings("unchecked")
  static Map<String, RowsAhead> rowsAhead(Exchange exchange) {
    return exchange.getVariable(ROWS_AHEAD, Map.of(), Map.class);
  }
}
