package io.kustomersync.route;

import io.kustomersync.api.ApiRequest;
import io.kustomersync.api.Page;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

/**
 * The questions of one poll that are under way, and the answers that wait for their turn. Beside
 * the first, only as many as their answers fit the memory: each is taken to be as large as the
 * largest before it. Used by the poll's thread; the questions themselves are put by others.
 */
final class InFlightRequests implements AutoCloseable {

  /**
   * An answer, or why there is none.
   *
   * @param length of its records as text
   */
  record Answered(
      ApiRequest request, Page page, long length, Map<String, RowsAhead> rows, Exception failure) {

    static Answered with(ApiRequest request, Page page, Map<String, RowsAhead> rows) {
      long length = page.records().stream().mapToLong(record -> record.raw().length()).sum();
      return new Answered(request, page, length, rows, null);
    }

    static Answered failed(ApiRequest request, Exception failure) {
      return new Answered(request, null, 0, Map.of(), failure);
    }
  }

  /** A question under way. */
  private record Asked(Future<?> answer, long memory) {}

  private final Function<ApiRequest, Answered> gate;
  private final ExecutorService threads;
  private final PrefetchBudget memory;
  private final Map<ApiRequest, Asked> underWay = new HashMap<>();
  private final BlockingQueue<Answered> answers = new LinkedBlockingQueue<>();

  /** Before the first answer nobody knows how large they are. */
  private OptionalLong largest = OptionalLong.empty();

  private OptionalLong inHand = OptionalLong.empty();

  /**
   * @param gate asks Kustomer and waits for the answer
   */
  InFlightRequests(
      Function<ApiRequest, Answered> gate, ExecutorService threads, PrefetchBudget memory) {
    this.gate = gate;
    this.threads = threads;
    this.memory = memory;
  }

  /** Puts those that are not under way yet, the first ones first, as far as there is memory. */
  void ask(List<ApiRequest> requests) {
    long expected = largest.orElse(0);
    for (ApiRequest request : requests) {
      if (!underWay.containsKey(request)) {
        if (!takeMemory(expected)) {
          return;
        }
        underWay.put(request, new Asked(threads.submit(() -> put(request)), expected));
      }
    }
  }

  private boolean takeMemory(long expected) {
    if (underWay.isEmpty() && inHand.isEmpty()) {
      memory.takeAnyway(expected);
      return true;
    }
    return largest.isPresent() && memory.take(expected);
  }

  /** Whatever happens leaves an answer, or the poll would wait for ever. */
  private void put(ApiRequest asked) {
    try {
      answers.add(gate.apply(asked));
    } catch (Throwable e) {
      Exception failure = e instanceof Exception known ? known : new IllegalStateException(e);
      answers.add(Answered.failed(asked, failure));
    }
  }

  /** The first answer that comes, now in hand; at least one question must be under way. */
  Answered await() throws InterruptedException {
    Answered answered = answers.take();
    long length = answered.length();
    memory.giveBack(underWay.remove(answered.request()).memory());
    memory.takeAnyway(length);
    inHand = OptionalLong.of(length);
    largest = OptionalLong.of(Math.max(largest.orElse(0), length));
    return answered;
  }

  int underWay() {
    return underWay.size();
  }

  /** What was in hand needs no memory any more. */
  void delivered() {
    inHand.ifPresent(memory::giveBack);
    inHand = OptionalLong.empty();
  }

  /** Gives up what is under way: whoever waits for the budget leaves its queue. */
  @Override
  public void close() {
    for (Asked asked : underWay.values()) {
      asked.answer().cancel(true);
      memory.giveBack(asked.memory());
    }
    underWay.clear();
    delivered();
  }
}
