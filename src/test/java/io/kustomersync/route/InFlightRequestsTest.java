package io.kustomersync.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.kustomersync.api.ApiRequest;
import io.kustomersync.api.KustomerRecord;
import io.kustomersync.api.Page;
import io.kustomersync.route.InFlightRequests.Answered;
import io.kustomersync.schema.Records;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InFlightRequestsTest {

  private static final Page EMPTY = page(List.of());
  private static final Page PAGE = page(List.of(Records.withAttributes("a", "{}")));

  private static final PrefetchBudget PLENTY = new PrefetchBudget(Long.MAX_VALUE);

  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  private static ApiRequest question(int number) {
    return ApiRequest.get("/v1/users", "page=" + number);
  }

  @Test
  void aSlowAnswerDoesNotHoldUpTheOthersAndNoQuestionIsPutTwice() throws Exception {
    CountDownLatch slow = new CountDownLatch(1);
    AtomicInteger calls = new AtomicInteger();
    InFlightRequests requests =
        new InFlightRequests(
            request -> {
              calls.incrementAndGet();
              if (request.equals(question(1))) {
                awaitQuietly(slow);
              }
              return Answered.with(request, EMPTY, Map.of());
            },
            threads,
            PLENTY);
    requests.ask(List.of(question(0)));
    requests.await();
    requests.ask(List.of(question(1), question(2)));
    requests.ask(List.of(question(1), question(2)));
    assertThat(requests.await().request()).isEqualTo(question(2));
    slow.countDown();
    assertThat(requests.await().request()).isEqualTo(question(1));
    assertThat(calls).hasValue(3);
  }

  @Test
  void asManyQuestionsAreUnderWayAsTheirAnswersFitTheMemory() throws Exception {
    int length = PAGE.records().get(0).raw().length();
    PrefetchBudget memory = new PrefetchBudget(3L * length);
    Asking first = new Asking(memory);
    Asking second = new Asking(memory);

    assertThat(first.ask()).as("before anybody knows how large answers are").isEqualTo(1);
    first.take();
    assertThat(first.ask()).as("beside the one in hand").isEqualTo(2);
    assertThat(second.ask()).as("no memory is left, but a poll must go on").isEqualTo(1);
    second.take();
    assertThat(second.ask()).as("until what it has in hand is delivered").isZero();
    second.requests.delivered();
    assertThat(second.ask()).as("one it can't go on without").isEqualTo(1);
    first.requests.close();
    assertThat(second.ask()).as("what another poll gave back").isEqualTo(3);
  }

  @Test
  void narrowPagesAreAskedForAllAtOnceAndWideOnesOneByOne() throws Exception {
    Asking narrow = new Asking(new PrefetchBudget(1_000_000));
    narrow.ask();
    narrow.take();
    assertThat(narrow.ask()).isEqualTo(Asking.MOST);

    Asking wide = new Asking(new PrefetchBudget(10));
    wide.ask();
    wide.take();
    wide.requests.delivered();
    assertThat(wide.ask()).isEqualTo(1);
    wide.take();
    assertThat(wide.ask()).isZero();
  }

  /** A poll that would have many questions under way. */
  private final class Asking {
    static final int MOST = 8;
    private final InFlightRequests requests;
    private final List<ApiRequest> waiting = new ArrayList<>();
    private int next;

    Asking(PrefetchBudget memory) {
      requests =
          new InFlightRequests(request -> Answered.with(request, PAGE, Map.of()), threads, memory);
    }

    /** How many are under way now. */
    int ask() {
      while (waiting.size() < MOST) {
        waiting.add(question(next++));
      }
      requests.ask(waiting);
      return requests.underWay();
    }

    void take() throws InterruptedException {
      waiting.remove(requests.await().request());
    }
  }

  private static Page page(List<KustomerRecord> records) {
    return new Page(records, OptionalLong.empty(), Optional.empty(), Optional.empty());
  }

  @Test
  void anErrorOfAnyKindEndsTheWaiting() throws Exception {
    InFlightRequests requests =
        new InFlightRequests(
            request -> {
              throw new OutOfMemoryError("for the test");
            },
            threads,
            PLENTY);
    requests.ask(List.of(question(1)));
    assertThat(requests.await().failure()).hasRootCauseMessage("for the test");
  }

  @Test
  void whatIsGivenUpWaitsNoLonger() throws Exception {
    CountDownLatch waiting = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    InFlightRequests requests =
        new InFlightRequests(
            request -> {
              waiting.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                interrupted.countDown();
              }
              return Answered.with(request, EMPTY, Map.of());
            },
            threads,
            PLENTY);
    requests.ask(List.of(question(1)));
    assertThat(waiting.await(10, TimeUnit.SECONDS)).isTrue();
    requests.close();
    assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
