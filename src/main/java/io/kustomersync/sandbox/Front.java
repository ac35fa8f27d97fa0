package io.kustomersync.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.kustomersync.sandbox.data.Mutator;
import io.kustomersync.sandbox.data.World;
import io.kustomersync.sandbox.options.Quirk;
import io.kustomersync.sandbox.options.SandboxOptions;
import io.kustomersync.sandbox.options.Token;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * Everything around the API: keys, limits, faults, headers, the log. Nothing but GET and the two
 * search POSTs gets through; whatever else comes is logged as a violation.
 */
final class Front implements HttpHandler {
  private final SandboxOptions options;
  private final Api api;
  private final Mutator mutator;
  private final RateWindows rates;
  private final FaultPlan faults;
  private final CallLog log;
  private final Sender sender;
  private final AtomicLong calls = new AtomicLong();
  private volatile LongConsumer listener = number -> {};

  Front(World world, Mutator mutator, RateWindows rates, FaultPlan faults, CallLog log) {
    this.options = world.options();
    this.api = new Api(world);
    this.mutator = mutator;
    this.rates = rates;
    this.faults = faults;
    this.log = log;
    this.sender = new Sender(options.pod, !options.has(Quirk.NO_GZIP));
  }

  void listen(LongConsumer newListener) {
    listener = newListener;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    String method = exchange.getRequestMethod();
    String rawPath = exchange.getRequestURI().getPath();
    String path =
        rawPath.length() > 1 && rawPath.endsWith("/")
            ? rawPath.substring(0, rawPath.length() - 1)
            : rawPath;
    String query = Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    boolean search = Call.isSearchPath(path);
    boolean allowed = method.equals("GET") || (search && method.equals("POST"));
    listener.accept(calls.incrementAndGet());
    mutator.drift(options.mutationsPerRequest);
    pause(options.latency);
    Optional<Fault> fault = faults.next(rawPath, body, Call.parse(query).getOrDefault("page", "1"));
    fault
        .filter(f -> f.kind() == Fault.Kind.SLOW || f.kind() == Fault.Kind.SILENT)
        .ifPresent(f -> pauseMillis(f.number()));
    Reply intact = reply(exchange, method, path, query, body, allowed, fault);
    Reply reply = fault.map(f -> damaged(intact, f)).orElse(intact);
    int status = fault.filter(f -> isNoAnswer(f.kind())).isPresent() ? 0 : reply.status();
    String pool = search ? RateWindows.SEARCH : RateWindows.ORG;
    Instant now = options.clock.instant();
    log.add(new ServedCall(method, rawPath, query, body, status, pool, now), !allowed);
    deliver(exchange, reply, search, fault);
  }

  private Reply reply(
      HttpExchange exchange,
      String method,
      String path,
      String query,
      String body,
      boolean allowed,
      Optional<Fault> fault) {
    try {
      Token token = token(exchange);
      if (!rates.draw(Call.isSearchPath(path))) {
        throw RefusedCall.rateLimited();
      }
      if (!allowed) {
        throw RefusedCall.methodNotAllowed(method + " " + path);
      }
      if (!path.startsWith("/v1/")) {
        throw RefusedCall.notFound("path");
      }
      boolean timedOut = fault.filter(f -> f.kind() == Fault.Kind.TIMED_OUT).isPresent();
      int missing =
          fault
              .filter(f -> timedOut || f.kind() == Fault.Kind.FEWER_ROWS)
              .map(Fault::number)
              .orElse(0);
      return api.answer(new Call(method, path, Call.parse(query), body, token, missing, timedOut));
    } catch (RefusedCall refusal) {
      return refusal.reply();
    } catch (RuntimeException e) {
      return new Reply(
          500, "text/plain", ("The sandbox failed: " + e).getBytes(StandardCharsets.UTF_8));
    }
  }

  private Token token(HttpExchange exchange) {
    String header = exchange.getRequestHeaders().getFirst("Authorization");
    if (header == null || !header.startsWith("Bearer ")) {
      throw RefusedCall.unauthorized("Unauthorized");
    }
    Token token =
        options.tokens.stream()
            .filter(each -> each.value().equals(header.substring("Bearer ".length())))
            .findFirst()
            .orElseThrow(() -> RefusedCall.unauthorized("Invalid token"));
    if (token.expired()) {
      throw RefusedCall.unauthorized("Expired token");
    }
    if (!token.pod().equals(options.pod)) {
      throw RefusedCall.unauthorized(
          "Auth token associated with pod %s but request is being handled by %s"
              .formatted(token.pod(), options.pod));
    }
    return token;
  }

  private void deliver(HttpExchange exchange, Reply reply, boolean search, Optional<Fault> fault)
      throws IOException {
    Map<String, String> headers =
        fault.map(Fault::rateHeaders).orElse(true)
            ? rates.headers(search, reply.status() == 429)
            : Map.of();
    Fault.Kind kind = fault.map(Fault::kind).orElse(Fault.Kind.SLOW);
    if (isNoAnswer(kind)) {
      exchange.close();
    } else if (kind == Fault.Kind.DRIP) {
      sender.sendDripping(exchange, reply, headers, fault.map(Fault::number).orElse(0));
    } else if (kind == Fault.Kind.CUT) {
      sender.sendCut(exchange, reply, headers, fault.map(Fault::number).orElse(0));
    } else {
      sender.send(exchange, reply, headers);
    }
  }

  private static boolean isNoAnswer(Fault.Kind kind) {
    return kind == Fault.Kind.DROP || kind == Fault.Kind.SILENT;
  }

  private static Reply damaged(Reply reply, Fault fault) {
    return switch (fault.kind()) {
      case STATUS -> error(fault.number());
      case HTML_STATUS -> Reply.html(fault.number(), "Bad gateway");
      case HTML -> Reply.html(200, "Please wait");
      case EMPTY -> reply.withBody(new byte[0]);
      case TRAILING ->
          reply.withBody(
              (new String(reply.body(), StandardCharsets.UTF_8) + "}{\"more\":1}")
                  .getBytes(StandardCharsets.UTF_8));
      case DROP, CUT, TIMED_OUT, FEWER_ROWS, SLOW, SILENT, DRIP -> reply;
    };
  }

  private static Reply error(int status) {
    return status == 429
        ? RefusedCall.rateLimited().reply()
        : Reply.json(
            status, "{\"errors\":[{\"code\":\"scripted\",\"message\":\"fault\",\"meta\":{}}]}");
  }

  private static void pause(Duration duration) {
    pauseMillis(duration.toMillis());
  }

  static void pauseMillis(long millis) {
    if (millis > 0) {
      try {
        Thread.sleep(millis);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
