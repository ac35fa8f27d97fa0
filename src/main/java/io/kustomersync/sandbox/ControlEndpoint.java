package io.kustomersync.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.kustomersync.sandbox.data.HandMade;
import io.kustomersync.sandbox.data.IsoTime;
import io.kustomersync.sandbox.data.JournalEntry;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The sandbox's own controls, for tests in another process. No key is needed and no limit applies.
 *
 * <pre>
 * GET  /sandbox/journal?kind=customers   one JSON object per line: id, rev, updatedAt, deleted, findable
 * GET  /sandbox/stats                    calls, searches, byStatus, violations, live (per kind)
 * POST /sandbox/create  {"kind":"customers","n":3,"at":"2025-03-01T00:00:00Z"}
 * POST /sandbox/update  the same; or {"kind":"customers","id":"…","at":"…"} for one record
 * POST /sandbox/bulk    the same; all n records get one updatedAt
 * POST /sandbox/delete  the same; or with "id"
 * POST /sandbox/put     {"kind":"customers","record":{"id":"…","type":"customer","attributes":{…}}}
 * POST /sandbox/consume {"pool":"org","n":500}   calls of others
 * POST /sandbox/fail    {"fault":"STATUS","number":429,"times":2,"path":"","body":"","page":0,
 *                        "rateHeaders":true}      see {@link Fault}; only "fault" is needed
 * </pre>
 *
 * <p>{@code n} is 1 and {@code at} is now when left out. Answers to POST: {@code {"ids":[…]}}. What
 * it does not understand is answered with 400 and the reason as plain text.
 */
final class ControlEndpoint implements HttpHandler {
  private final SandboxKustomer sandbox;

  ControlEndpoint(SandboxKustomer sandbox) {
    this.sandbox = sandbox;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String command = exchange.getRequestURI().getPath().substring("/sandbox/".length());
      byte[] body = exchange.getRequestBody().readAllBytes();
      try {
        if (exchange.getRequestMethod().equals("GET")) {
          get(exchange, command);
        } else {
          String text = new String(body, StandardCharsets.UTF_8);
          List<String> ids = post(command, HandMade.parse(text));
          respond(exchange, 200, HandMade.JSON.valueToTree(Map.of("ids", ids)).toString());
        }
      } catch (IllegalArgumentException | DateTimeException e) {
        respond(exchange, 400, e.getMessage());
      }
    }
  }

  private void get(HttpExchange exchange, String command) throws IOException {
    switch (command) {
      case "stats" -> respond(exchange, 200, sandbox.stats());
      case "journal" -> {
        String query = exchange.getRequestURI().getRawQuery();
        String kind = Call.parse(query == null ? "" : query).getOrDefault("kind", "");
        List<JournalEntry> journal = sandbox.journal(kind);
        exchange.getResponseHeaders().set("Content-Type", "application/x-ndjson");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = new BufferedOutputStream(exchange.getResponseBody(), 65_536)) {
          for (JournalEntry entry : journal) {
            out.write(line(entry).getBytes(StandardCharsets.US_ASCII));
          }
        }
      }
      default -> respond(exchange, 404, "No such control: " + command);
    }
  }

  private static String line(JournalEntry entry) {
    StringBuilder out = new StringBuilder(140);
    out.append("{\"id\":").append(HandMade.JSON.getNodeFactory().textNode(entry.id()));
    out.append(",\"rev\":").append(entry.rev()).append(",\"updatedAt\":\"");
    IsoTime.append(out, entry.updatedAt().toEpochMilli());
    out.append("\",\"deleted\":").append(entry.deleted());
    return out.append(",\"findable\":").append(entry.findable()).append("}\n").toString();
  }

  private List<String> post(String command, ObjectNode body) {
    String kind = body.path("kind").asText("");
    String id = body.path("id").asText("");
    int n = body.path("n").asInt(1);
    Instant at =
        body.has("at") ? Instant.parse(body.path("at").asText()) : sandbox.clock().instant();
    switch (command) {
      case "create" -> {
        return sandbox.create(kind, n, at);
      }
      case "bulk" -> {
        return sandbox.bulkUpdate(kind, n, at);
      }
      case "update" -> {
        if (id.isEmpty()) {
          return sandbox.update(kind, n, at);
        }
        sandbox.update(kind, id, at);
      }
      case "delete" -> {
        if (id.isEmpty()) {
          return sandbox.delete(kind, n, at);
        }
        sandbox.delete(kind, id, at);
      }
      case "put" -> id = sandbox.put(kind, body.path("record").toString());
      case "consume" -> sandbox.consume(body.path("pool").asText(RateWindows.ORG), n);
      case "fail" -> sandbox.fail(fault(body));
      default -> throw new IllegalArgumentException("No such control: " + command);
    }
    return id.isEmpty() ? List.of() : List.of(id);
  }

  private static Fault fault(ObjectNode body) {
    return new Fault(
        Fault.Kind.valueOf(body.path("fault").asText("")),
        body.path("number").asInt(0),
        body.path("rateHeaders").asBoolean(true),
        body.path("times").asInt(1),
        body.path("path").asText(""),
        body.path("body").asText(""),
        body.path("page").asInt(0));
  }

  private static void respond(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", Reply.JSON);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
