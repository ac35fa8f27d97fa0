package io.kustomersync.verify;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kustomersync.route.Messages;
import io.kustomersync.verify.SinkTestHarness.Outcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.camel.CamelContext;

/**
 * A sink in a process of its own, made to be killed: {@link SinkProcess} starts it and talks to it
 * by lines on standard input and output. It ends when the process that started it does.
 */
public final class SinkAlone {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ORPHANED = 3;

  private final PrintStream out;
  private final BlockingQueue<String> in = new LinkedBlockingQueue<>();

  private SinkAlone(PrintStream out) {
    this.out = out;
  }

  public static void main(String[] arguments) throws Exception {
    SinkAlone alone = new SinkAlone(System.out);
    System.setOut(System.err); // what a sink prints is no word of ours
    alone.listen();
    alone.obey();
    System.exit(0);
  }

  private void listen() {
    Thread reader =
        new Thread(
            () -> {
              BufferedReader lines =
                  new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
              try {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                  in.add(line);
                }
              } catch (IOException e) {
                // as if it had ended
              }
              Runtime.getRuntime().halt(ORPHANED);
            },
            "orders");
    reader.setDaemon(true);
    reader.start();
  }

  private void obey() throws Exception {
    Orders orders = JSON.readValue(in.take(), Orders.class);
    HarnessHome home = new HarnessHome(orders.root());
    StepInterceptor probe =
        new StepInterceptor(orders.subject().standIn(), watcher(orders, home.folder()));
    try (SinkTestHarness lab =
        new SinkTestHarness(home, true, orders.subject(), this::password, probe)) {
      if (orders.fresh()) {
        for (String sql : orders.subject().setup()) {
          lab.store.execute(sql);
        }
      }
      say("ready");
      in.take();
      say(deliver(lab, orders.loads()));
      in.take();
    }
    say("closed");
  }

  private static String deliver(SinkTestHarness lab, List<Orders.Load> loads) throws Exception {
    for (Orders.Load load : loads) {
      SinkTestHarness.Result result = lab.deliver(load.page());
      if (result.outcome() == Outcome.ENDED) {
        return "ended its route ended by itself";
      }
      if (result.outcome() == Outcome.THREW) {
        return "threw " + Messages.of(result.failure());
      }
    }
    lab.saveCheckpoint();
    return "returned";
  }

  private StepInterceptor.Watcher watcher(Orders orders, Path folder) {
    return new StepInterceptor.Watcher() {
      @Override
      public void entering(Step step, int time) {
        if (step.id().equals(orders.stopAt()) && time == orders.stopTime()) {
          say("at");
          waitForTheEnd();
        }
      }

      @Override
      public void took(Set<String> ids) {
        say("took " + String.join(" ", ids));
      }

      @Override
      public boolean within(CamelContext context, Step step) {
        return step.writesInto(folder, context::resolvePropertyPlaceholders);
      }
    };
  }

  private static void waitForTheEnd() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Asked for over the pipe, since command lines and environments can be read by others. */
  private Optional<String> password(String sink, String option) {
    try {
      say("password " + JSON.writeValueAsString(List.of(sink, option)));
      return Optional.ofNullable(JSON.readValue(in.take(), String.class));
    } catch (IOException e) {
      throw new IllegalStateException("the password was not understood", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void say(String line) {
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    synchronized (out) {
      out.write(bytes, 0, bytes.length);
      out.flush();
    }
  }
}
