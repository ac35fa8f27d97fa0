package io.kustomersync.route;

import io.kustomersync.api.ApiRequest;
import io.kustomersync.api.Page;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

/**
 * The questions of one poll that are under way, and the answers that wait for their turn. Used by
 * the poll's thread; the questions themselves are put by others.
 */
final class Questions implements AutoCloseable {

  /** An answer, or why there is none. */
  record Answered(ApiRequest request, Page page, Map<String, RowsAhead> rows, Exception failure) {

    static Answered failed(ApiRequest request, Exception failure) {
      return new Answered(request, null, Map.of(), failure);
    }
  }

  private final Function<ApiRequest, Answered> gate;
  private final ExecutorService threads;
  private final Map<ApiRequest, Future<?>> underWay = new HashMap<>();
  private final BlockingQueue<Answered> answers = new LinkedBlockingQueue<>();

  /**
   * @param gate asks Kustomer and waits for the answer
   */
  Questions(Function<ApiRequest, Answered> gate, ExecutorService threads) {
    this.gate = gate;
    this.threads = threads;
  }

  /** Puts those that are not under way yet. */
  void ask(List<ApiRequest> requests) {
    for (ApiRequest request : requests) {
      underWay.computeIfAbsent(request, asked -> threads.submit(() -> put(asked)));
    }
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

  /** The first answer that comes; at least one question must be under way. */
  Answered await() throws InterruptedException {
    Answered answered = answers.take();
    underWay.remove(answered.request());
    return answered;
  }

  /** Gives up what is under way: whoever waits for the budget leaves its queue. */
  @Override
  public void close() {
    underWay.values().forEach(question -> question.cancel(true));
    underWay.clear();
  }
}
