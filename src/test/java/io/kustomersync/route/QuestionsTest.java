package io.kustomersync.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.kustomersync.api.ApiRequest;
import io.kustomersync.api.Page;
import io.kustomersync.route.Questions.Answered;
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
class QuestionsTest {

  private static final Page EMPTY =
      new Page(List.of(), OptionalLong.empty(), Optional.empty(), Optional.empty());

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
    Questions questions =
        new Questions(
            request -> {
              calls.incrementAndGet();
              if (request.equals(question(1))) {
                awaitQuietly(slow);
              }
              return new Answered(request, EMPTY, Map.of(), null);
            },
            threads);
    questions.ask(List.of(question(1), question(2)));
    questions.ask(List.of(question(1), question(2)));
    assertThat(questions.await().request()).isEqualTo(question(2));
    slow.countDown();
    assertThat(questions.await().request()).isEqualTo(question(1));
    assertThat(calls).hasValue(2);
  }

  @Test
  void anErrorOfAnyKindEndsTheWaiting() throws Exception {
    Questions questions =
        new Questions(
            request -> {
              throw new OutOfMemoryError("for the test");
            },
            threads);
    questions.ask(List.of(question(1)));
    assertThat(questions.await().failure()).hasRootCauseMessage("for the test");
  }

  @Test
  void whatIsGivenUpWaitsNoLonger() throws Exception {
    CountDownLatch waiting = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    Questions questions =
        new Questions(
            request -> {
              waiting.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                interrupted.countDown();
              }
              return new Answered(request, EMPTY, Map.of(), null);
            },
            threads);
    questions.ask(List.of(question(1)));
    assertThat(waiting.await(10, TimeUnit.SECONDS)).isTrue();
    questions.close();
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
