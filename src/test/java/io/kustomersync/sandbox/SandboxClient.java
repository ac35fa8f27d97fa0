package io.kustomersync.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/** Asks the sandbox over HTTP as a plain client would. */
final class SandboxClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final HttpClient http = HttpClient.newHttpClient();
  private final String base;
  private final String token;

  SandboxClient(SandboxKustomer sandbox) {
    this(sandbox, "sandbox-token");
  }

  SandboxClient(SandboxKustomer sandbox, String token) {
    this.base = sandbox.url();
    this.token = token;
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base + path))
        .timeout(Duration.ofSeconds(20))
        .header("Authorization", "Bearer " + token);
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  HttpResponse<String> ask(HttpRequest.Builder request) {
    try {
      return send(request);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  HttpResponse<String> get(String path) {
    return ask(request(path));
  }

  HttpResponse<String> post(String path, String body) {
    return ask(request(path).POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  HttpResponse<String> search(String body) {
    return post("/v1/customers/search", body);
  }

  static JsonNode json(HttpResponse<String> answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(answer.body(), e);
    }
  }

  /** A good answer as JSON. */
  JsonNode read(String path) {
    return good(get(path));
  }

  JsonNode found(String body) {
    return good(search(body));
  }

  JsonNode found(String query, String body) {
    return good(post("/v1/customers/search?" + query, body));
  }

  private static JsonNode good(HttpResponse<String> answer) {
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(answer.statusCode() + " " + answer.body());
    }
    return json(answer);
  }

  static List<String> ids(JsonNode page) {
    return StreamSupport.stream(page.path("data").spliterator(), false)
        .map(each -> each.path("id").asText())
        .toList();
  }

  /** A search body in ascending order with these bounds. */
  static String window(String context, String object, String bounds) {
    return """
        {"queryContext":"%s","and":[{"%s_updated_at":{%s}}],"sort":[{"%s_updated_at":"asc"}]}"""
        .formatted(context, object, bounds, object);
  }

  /** All records by keyset: page 1 again and again from the last instant seen. */
  List<JsonNode> keyset(String context, String object, boolean includeDeleted) {
    List<JsonNode> records = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    String last = "2000-01-01";
    while (true) {
      String body =
          """
          {"queryContext":"%s","and":[{"%s_updated_at":{"gte":"%s"}}],"sort":[{"%s_updated_at":"asc"}],"includeDeleted":%s}"""
              .formatted(context, object, last, object, includeDeleted);
      JsonNode page = found("page=1&pageSize=500", body);
      int before = records.size();
      for (JsonNode record : page.path("data")) {
        last = record.at("/attributes/updatedAt").asText();
        if (seen.add(record.path("id").asText() + record.at("/attributes/rev").asText())) {
          records.add(record);
        }
      }
      if (records.size() == before) {
        return records;
      }
    }
  }
}
