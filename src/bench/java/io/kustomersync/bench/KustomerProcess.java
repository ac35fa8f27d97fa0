package io.kustomersync.bench;

import io.kustomersync.sandbox.SandboxKustomer;
import io.kustomersync.sandbox.options.Klass;
import io.kustomersync.sandbox.options.Quirk;
import io.kustomersync.sandbox.options.SandboxOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The local Kustomer as a process of its own, without limits; ends with who started it. */
final class KustomerProcess implements AutoCloseable {

  static final String TOKEN = "sandbox-token";

  private static final int UNLIMITED = 9_000_000;

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private final String kustomer;
  private final String url;
  private final Instant from;

  /** Calls answered since they were last asked for. */
  record Calls(long count, long made, Instant first, Instant last) {}

  /**
   * What it holds.
   *
   * @param kind e.g. {@code messages}; {@code kobjects} for as many custom classes as {@code
   *     klasses} says
   * @param moreFields custom fields that each record has besides its own
   * @param keepsPages whether all its pages are made before the first is asked for
   */
  record Stock(String kind, int records, int klasses, int moreFields, boolean keepsPages) {
    Stock(String kind, int records) {
      this(kind, records, 0, 0, true);
    }

    Stock lazy() {
      return new Stock(kind, records, klasses, moreFields, false);
    }
  }

  static KustomerProcess start(Stock stock) throws IOException {
    return new KustomerProcess(stock);
  }

  private KustomerProcess(Stock stock) throws IOException {
    // So that no archive is read, and no record changes or grows old while it is read.
    from =
        Instant.now().minus(Duration.ofDays(700)).truncatedTo(java.time.temporal.ChronoUnit.DAYS);
    List<String> line =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-Xmx14g",
            "-cp",
            System.getProperty("java.class.path"),
            KustomerProcess.class.getName(),
            stock.kind,
            Integer.toString(stock.records),
            Integer.toString(stock.klasses),
            Integer.toString(stock.moreFields),
            Boolean.toString(stock.keepsPages),
            from.toString());
    process = new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    kustomer = out.readLine();
    url = out.readLine();
  }

  public static void main(String[] arguments) throws IOException {
    String kind = arguments[0];
    int records = Integer.parseInt(arguments[1]);
    int klasses = Integer.parseInt(arguments[2]);
    Instant from = Instant.parse(arguments[5]);
    SandboxOptions options =
        SandboxOptions.empty()
            .orgLimit(UNLIMITED)
            // Two limits that differ, each told by its own calls: so the connector, once it has
            // made
            // a call that is no search (of an empty list of tags), knows that neither binds.
            .searchLimit(UNLIMITED - 1)
            .with(Quirk.SEARCH_POOL_HEADERS)
            .searchLag(Duration.ZERO)
            .moreFields(Integer.parseInt(arguments[3]))
            .span(from, from.plus(Duration.ofDays(690)));
    if (kind.equals("kobjects")) {
      options.klasses(klasses(klasses, records));
    } else {
      options.count(kind, records);
    }
    try (SandboxKustomer sandbox = SandboxKustomer.start(options);
        PageStore pages =
            new PageStore(
                sandbox.url(),
                Optional.of(kind.substring(0, kind.length() - 1))
                    .filter(object -> Boolean.parseBoolean(arguments[4])),
                from)) {
      System.out.println(sandbox.url());
      System.out.println(pages.url());
      while (System.in.read() >= 0) {
        // ends with whoever holds the other end
      }
    }
  }

  private static Klass[] klasses(int classes, int records) {
    return IntStream.range(0, classes)
        .mapToObj(i -> Klass.of("klass-" + i, "enabled", records / classes))
        .toArray(Klass[]::new);
  }

  String url() {
    return url;
  }

  /** The first instant that a record may carry. */
  Instant from() {
    return from;
  }

  /** And counts anew. */
  Calls calls() throws IOException, InterruptedException {
    String[] told = post(url + "/bench/calls", "").split(" ");
    return new Calls(
        Long.parseLong(told[0]),
        Long.parseLong(told[1]),
        Instant.ofEpochMilli(Long.parseLong(told[2])),
        Instant.ofEpochMilli(Long.parseLong(told[3])));
  }

  /** How many so far. */
  long countOfCalls() throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/bench/calls")).build();
    return Long.parseLong(
        client.send(request, HttpResponse.BodyHandlers.ofString()).body().split(" ")[0]);
  }

  /** Changes one record now; gives its id. */
  String change(String kind) throws IOException, InterruptedException {
    String body = post(kustomer + "/sandbox/update", "{\"kind\":\"" + kind + "\",\"n\":1}");
    return body.replaceAll(".*\"([0-9a-f]{24})\".*", "$1");
  }

  private String post(String to, String body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(to))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(to + ": " + answer.statusCode() + " " + answer.body());
    }
    return answer.body();
  }

  @Override
  public void close() {
    process.destroy();
  }
}
