package io.kustomersync.sandbox;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Sends replies with the headers that recordings show (kustomer-api.md §1.4). Thread-safe. */
final class Sender {
  private static final int CHUNKED_FROM = 32_768;

  private final String pod;
  private final boolean gzip;

  Sender(String pod, boolean gzip) {
    this.pod = pod;
    this.gzip = gzip;
  }

  void send(HttpExchange exchange, Reply reply, Map<String, String> rateHeaders)
      throws IOException {
    byte[] body = prepare(exchange, reply, rateHeaders);
    boolean empty = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
    long length = body.length >= CHUNKED_FROM ? 0 : body.length;
    exchange.sendResponseHeaders(reply.status(), empty ? -1 : length);
    if (!empty) {
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    }
    exchange.close();
  }

  /** Promises the whole body, sends {@code bytes} of it and closes the connection. */
  void sendCut(HttpExchange exchange, Reply reply, Map<String, String> rateHeaders, int bytes)
      throws IOException {
    byte[] body = prepare(exchange, reply, rateHeaders);
    exchange.sendResponseHeaders(reply.status(), body.length);
    exchange.getResponseBody().write(body, 0, Math.min(bytes, body.length - 1));
    exchange.getResponseBody().flush();
    exchange.close();
  }

  /** All of the body, a byte at a time; ends when the client has gone. */
  void sendDripping(
      HttpExchange exchange, Reply reply, Map<String, String> rateHeaders, int pauseMillis)
      throws IOException {
    byte[] body = prepare(exchange, reply, rateHeaders);
    exchange.sendResponseHeaders(reply.status(), body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      for (byte each : body) {
        out.write(each);
        out.flush();
        Front.pauseMillis(pauseMillis);
      }
    }
    exchange.close();
  }

  private byte[] prepare(HttpExchange exchange, Reply reply, Map<String, String> rateHeaders)
      throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", reply.contentType());
    headers.set("X-Kustomer-Pod", pod);
    headers.set("Cache-Control", "no-cache,private");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Vary", "Accept-Encoding");
    headers.set("X-Cache", (reply.status() < 400 ? "Miss" : "Error") + " from cloudfront");
    rateHeaders.forEach(headers::set);
    if (reply.contentType().equals(Reply.JSON)) {
      CRC32 crc = new CRC32();
      crc.update(reply.body());
      headers.set("ETag", "W/\"%x-%08x\"".formatted(reply.body().length, crc.getValue()));
    }
    String accepted = exchange.getRequestHeaders().getFirst("Accept-Encoding");
    if (gzip && accepted != null && accepted.contains("gzip") && reply.body().length > 1000) {
      headers.set("Content-Encoding", "gzip");
      return compress(reply.body());
    }
    return reply.body();
  }

  private static byte[] compress(byte[] body) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(body.length / 4);
    try (OutputStream zip = new FastGzip(out)) {
      zip.write(body);
    }
    return out.toByteArray();
  }

  /** Speed counts here, size does not. */
  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(OutputStream out) throws IOException {
      super(out, 8192);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
