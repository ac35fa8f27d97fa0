package io.kustomersync.bench;

import io.kustomersync.bench.StreamedPage.Column;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * What the connector is measured against: a plain program that reads all records of a table page by
 * page, parses them as a stream and brings them into the same columns by the fastest safe way of
 * the target: a page is on disk before the next is asked for, and an older row never replaces a
 * newer one. It has no checkpoints, retries, limits, quarantine, nor schema that grows.
 */
final class Reference {

  private static final int PAGE = 500;

  /** Makes a page safe. */
  interface Writer extends AutoCloseable {
    void write(List<String[]> rows) throws Exception;

    @Override
    void close() throws SQLException;
  }

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String url;
  private final String object;
  private final List<Column> columns;

  private Reference(String url, String object, List<Column> columns) {
    this.url = url;
    this.object = object;
    this.columns = columns;
  }

  /**
   * @param arguments URL, object, first instant, file of columns, target (postgresql, h2, jsonl),
   *     its place
   */
  public static void main(String[] arguments) throws Exception {
    List<Column> columns =
        Files.readAllLines(Path.of(arguments[3])).stream()
            .map(line -> line.split("\t"))
            .map(parts -> new Column(parts[0], parts[1], parts[2]))
            .toList();
    String place = arguments[5];
    try (Writer writer =
        switch (arguments[4]) {
          case "postgresql" -> new ReferencePostgres(place, columns);
          case "h2" -> new ReferenceH2(place, columns);
          case "jsonl" -> new ReferenceFiles(Path.of(place), columns);
          case "nothing" -> new Nothing();
          default -> throw new IllegalArgumentException(arguments[4]);
        }) {
      new Reference(arguments[0], arguments[1], columns).run(Instant.parse(arguments[2]), writer);
    }
  }

  private void run(Instant from, Writer writer) throws Exception {
    int updatedAt = columns.stream().map(Column::source).toList().indexOf("attributes.updatedAt");
    int syncedAt = columns.stream().map(Column::source).toList().indexOf("$synced_at");
    String cursor = from.toString().replace("Z", ".000Z");
    boolean more = true;
    while (more) {
      StreamedPage page = new StreamedPage(ask(cursor), columns);
      List<String[]> rows = page.rows();
      String now = Instant.now().toString();
      rows.forEach(row -> row[syncedAt] = now);
      writer.write(rows);
      more = page.total() > rows.size();
      cursor = rows.get(rows.size() - 1)[updatedAt];
    }
  }

  private byte[] ask(String cursor) throws IOException, InterruptedException {
    String updated = object + "_updated_at";
    String body =
        ("{'queryContext':'"
                + object
                + "','and':[{'"
                + updated
                + "':{'gte':'"
                + cursor
                + "'}}],"
                + "'sort':[{'"
                + updated
                + "':'asc'}],'includeDeleted':true}")
            .replace('\'', '"');
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/v1/customers/search?page=1&pageSize=" + PAGE))
            .header("Authorization", "Bearer " + KustomerProcess.TOKEN)
            .header("Content-Type", "application/json")
            .header("Accept-Encoding", "gzip")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      throw new IOException("Kustomer answers " + answer.statusCode());
    }
    boolean packed =
        answer.headers().firstValue("Content-Encoding").filter("gzip"::equals).isPresent();
    return packed
        ? new GZIPInputStream(new ByteArrayInputStream(answer.body()), 65_536).readAllBytes()
        : answer.body();
  }

  /** Shows what reading alone takes. */
  private static final class Nothing implements Writer {
    @Override
    public void write(List<String[]> rows) {}

    @Override
    public void close() {}
  }
}
