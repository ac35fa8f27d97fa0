package io.kustomersync.settings;

import io.kustomersync.read.Backfill;
import io.kustomersync.schema.ColumnRules;
import io.kustomersync.sink.database.DatabaseOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that a user can set, checked. Immutable; made by {@link SettingsReader}. Safe to log: secrets
 * show as {@code …}.
 *
 * @param home the distribution's folder; absolute
 * @param routes the folder of the routes; absolute
 * @param resource name of this connection in keys and checkpoints
 * @param url scheme, host and perhaps port; nothing behind
 * @param apiToken present for the commands that call Kustomer
 * @param startDate present for the commands that read whole tables; not in the future
 * @param tables names as written, none twice; whether they exist only the routes tell
 * @param sinks names of {@code routes/sinks/<name>.camel.yaml}, in the order of delivery
 * @param pageSize records per search, 2 to 500
 * @param overlap how far before the checkpoint each poll starts, 0 to 24 h
 * @param budgetShare part of Kustomer's limits that we use, above 0, at most 1
 * @param raw whether rows hold the record as sent
 * @param maxAnswerSize bytes of one answer, decompressed, above which it is refused
 * @param lease how long another process waits for one that went silent, 5 s to 1 h
 * @param camelProperties the keys that begin with {@code camel.}, untouched
 * @param retries how often a call that failed is made again before the poll fails, 0 to 100
 * @param sinkOptions the keys that begin with {@code kustomer.sink.}
 * @param layout how the database sink lays out its tables
 * @param columns the keys that begin with {@code kustomer.columns.}
 * @param readAhead questions that one table may have under way at a time, 1 to 16
 * @param backfill through what a first load is read
 */
public record Settings(
    Path home,
    Path routes,
    String resource,
    URI url,
    Optional<Secret> apiToken,
    Optional<Instant> startDate,
    List<String> tables,
    List<String> sinks,
    Schedule schedule,
    int pageSize,
    Duration overlap,
    double budgetShare,
    DatabaseAddress database,
    DatabaseAddress checkpoint,
    boolean raw,
    long maxAnswerSize,
    Duration lease,
    Map<String, String> camelProperties,
    int retries,
    SinkOptions sinkOptions,
    DatabaseOptions layout,
    ColumnRules columns,
    int readAhead,
    Backfill backfill) {

  /** What a command can't do without. */
  public enum Need {
    TOKEN,
    START_DATE
  }

  public Settings {
    tables = List.copyOf(tables);
    sinks = List.copyOf(sinks);
    camelProperties = Map.copyOf(camelProperties);
  }

  /** For commands that a person waits for: tries a failed call once more at most. */
  public Settings retryingOnce() {
    return new Settings(
        home,
        routes,
        resource,
        url,
        apiToken,
        startDate,
        tables,
        sinks,
        schedule,
        pageSize,
        overlap,
        budgetShare,
        database,
        checkpoint,
        raw,
        maxAnswerSize,
        lease,
        camelProperties,
        Math.min(1, retries),
        sinkOptions,
        layout,
        columns,
        readAhead,
        backfill);
  }
}
