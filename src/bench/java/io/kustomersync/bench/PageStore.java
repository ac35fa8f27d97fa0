package io.kustomersync.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands before the local Kustomer and answers from {@link ReadyPages}, other calls as they were
 * answered before: so that making pages costs nothing in the runs that are measured. Counts the
 * calls.
 */
final class PageStore implements AutoCloseable {

  private record Kept(int status, Map<String, String> headers, byte[] body) {}

  private final URI kustomer;
  private final boolean keeps;
  private final Map<String, String> headers = new ConcurrentHashMap<>();
  private final Optional<ReadyPages> ready;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Map<String, Kept> pages = new ConcurrentHashMap<>();
  private final AtomicLong calls = new AtomicLong();
  private final AtomicLong made = new AtomicLong();
  private final HttpServer server;
  private volatile long first;
  private volatile long last;

  /**
   * @param object whose records are made ready, as search calls them; empty for none
   * @param from the first instant that one may carry
   */
  PageStore(String kustomer, Optional<String> object, Instant from) throws IOException {
    this.kustomer = URI.create(kustomer);
    this.keeps = object.isPresent();
    this.ready =
        object.isPresent()
            ? Optional.of(ReadyPages.of(object.get(), from, this::search))
            : Optional.empty();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 128);
    server.createContext("/", this::answer);
    server.createContext("/bench/calls", this::tellCalls);
    server.setExecutor(
        Executors.newFixedThreadPool(
            4,
            task -> {
              Thread thread = new Thread(task, "pages");
              thread.setDaemon(true);
              return thread;
            }));
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      long now = System.currentTimeMillis();
      if (calls.getAndIncrement() == 0) {
        first = now;
      }
      last = now;
      byte[] question = exchange.getRequestBody().readAllBytes();
      String key =
          exchange.getRequestMethod()
              + exchange.getRequestURI()
              + new String(question, StandardCharsets.UTF_8);
      Optional<byte[]> body =
          ready.flatMap(
              all ->
                  all.answer(
                      exchange.getRequestURI().getQuery(),
                      new String(question, StandardCharsets.UTF_8)));
      Kept page = body.map(bytes -> new Kept(200, headers, bytes)).orElse(pages.get(key));
      if (page == null) {
        page = ask(request(exchange, question));
        if (keeps && page.status == 200) {
          pages.put(key, page);
        }
      }
      page.headers.forEach(exchange.getResponseHeaders()::set);
      exchange.sendResponseHeaders(page.status, page.body.length == 0 ? -1 : page.body.length);
      exchange.getResponseBody().write(page.body);
    }
  }

  private HttpRequest request(HttpExchange exchange, byte[] question) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(kustomer.resolve(exchange.getRequestURI()))
            .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(question));
    for (String name : List.of("Authorization", "Content-Type", "Accept-Encoding")) {
      String value = exchange.getRequestHeaders().getFirst(name);
      if (value != null) {
        request.header(name, value);
      }
    }
    return request.build();
  }

  private Kept ask(HttpRequest request) throws IOException {
    made.incrementAndGet();
    try {
      HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      Map<String, String> headers = new ConcurrentHashMap<>();
      answer
          .headers()
          .map()
          .forEach(
              (name, values) -> {
                if (!name.equalsIgnoreCase("content-length")
                    && !name.equalsIgnoreCase("transfer-encoding")) {
                  headers.put(name, values.get(0));
                }
              });
      return new Kept(answer.statusCode(), headers, answer.body());
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** Keeps the headers, too, for the answers to come; those are packed. */
  private byte[] search(String query, String body) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(kustomer.resolve("/v1/customers/search?" + query))
            .header("Authorization", "Bearer " + KustomerProcess.TOKEN)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    Kept answer = ask(request);
    headers.putAll(answer.headers);
    headers.put("Content-Encoding", "gzip");
    return answer.body;
  }

  /** Calls, pages made for them, first and last call; begins to count anew. */
  private void tellCalls(HttpExchange exchange) throws IOException {
    try (exchange) {
      String text = calls.get() + " " + made.get() + " " + first + " " + last;
      if (exchange.getRequestMethod().equals("POST")) {
        calls.set(0);
        made.set(0);
        first = 0;
        last = 0;
      }
      byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
