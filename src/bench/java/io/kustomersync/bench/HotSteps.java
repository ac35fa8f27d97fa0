package io.kustomersync.bench;

import com.zaxxer.hikari.HikariDataSource;
import io.kustomersync.api.KustomerRecord;
import io.kustomersync.api.Page;
import io.kustomersync.api.PageParser;
import io.kustomersync.checkpoint.Ledger;
import io.kustomersync.sandbox.SandboxKustomer;
import io.kustomersync.sandbox.options.SandboxOptions;
import io.kustomersync.schema.Mapped;
import io.kustomersync.schema.RowMapper;
import io.kustomersync.schema.TableSchema;
import io.kustomersync.sink.PageInfo;
import io.kustomersync.sink.database.DatabaseSink;
import io.kustomersync.sink.file.JsonLines;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** {@code bench/run steps}: what each step takes of a page, in microseconds a record. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@OperationsPerInvocation(HotSteps.PAGE)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class HotSteps {

  static final int PAGE = 500;

  private final PageParser parser = new PageParser();
  private final RowMapper mapper = new RowMapper(true, Clock.systemUTC());
  private final JsonLines lines = new JsonLines();
  private byte[] answer;
  private List<KustomerRecord> records;
  private Mapped mapped;
  private HikariDataSource database;
  private DatabaseSink sink;

  static void run() throws RunnerException {
    new Runner(
            new OptionsBuilder()
                .include(HotSteps.class.getSimpleName())
                .jvmArgs("-XX:+UseSerialGC", "-Xmx512m")
                .build())
        .run();
  }

  @Setup
  public void begin() throws IOException, InterruptedException, SQLException {
    SandboxOptions options =
        SandboxOptions.empty()
            .count("messages", PAGE)
            .span(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-02-01T00:00:00Z"));
    try (SandboxKustomer kustomer = SandboxKustomer.start(options)) {
      String body =
          "{'queryContext':'message','and':[],'sort':[{'message_updated_at':'asc'}]}"
              .replace('\'', '"');
      HttpRequest request =
          HttpRequest.newBuilder(
                  URI.create(kustomer.url() + "/v1/customers/search?page=1&pageSize=" + PAGE))
              .header("Authorization", "Bearer " + KustomerProcess.TOKEN)
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build();
      answer =
          HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
    }
    records = parser.parse(answer).records();
    if (records.size() != PAGE) {
      throw new IOException("a page of " + records.size());
    }
    mapped = mapper.map(TableSchema.empty("messages"), records);
    database = new HikariDataSource();
    database.setJdbcUrl("jdbc:h2:mem:steps");
    sink = new DatabaseSink(database);
    sink.write(mapped.schema(), mapped.rows());
  }

  @TearDown
  public void end() {
    database.close();
  }

  @Benchmark
  public Page parse() {
    return parser.parse(answer);
  }

  @Benchmark
  public Mapped map() {
    return mapper.map(mapped.schema(), records);
  }

  @Benchmark
  public PageInfo name() {
    return PageInfo.of(mapped.schema(), mapped.rows());
  }

  @Benchmark
  public Ledger remember() {
    return Ledger.EMPTY.plus(records, Instant.MIN);
  }

  @Benchmark
  public void jsonLines() throws IOException {
    lines.write(mapped.schema(), mapped.rows(), OutputStream.nullOutputStream());
  }

  /** Each row is there already and as new, so it is replaced. */
  @Benchmark
  public void replaceInMemory() throws SQLException {
    sink.write(mapped.schema(), mapped.rows());
  }
}
