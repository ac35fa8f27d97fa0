package io.kustomersync.cli;

import io.kustomersync.cli.terminal.Terminal;
import io.kustomersync.connector.Connector;
import io.kustomersync.settings.Settings;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Closes the connector when the command ends or a signal (SIGTERM, Ctrl-C) comes, within 10 s
 * whatever hangs: a page not committed by then comes again at the next start.
 */
public final class OrderlyStop implements AutoCloseable {
  /** Leaves a second of the 10 for last words and the virtual machine's own end. */
  private static final Duration PATIENCE = Duration.ofMillis(9_000);

  private static final Duration LAST_WORDS = Duration.ofMillis(500);

  /** What a shell reports of a process ended by SIGTERM. */
  private static final int TERMINATED = 143;

  private final Terminal terminal;
  private final OptionalInt exitCode;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Thread command = Thread.currentThread();
  private final Thread hook = new Thread(this::ended, "stop");
  private volatile Connector connector;

  /**
   * Starts the connector, ready for a signal from the first moment on where the process is ours.
   *
   * @param exitCode of the process when a signal ended it in good order; the platform's own (128 +
   *     the signal) if empty
   * @throws Exception as {@code start} does
   */
  OrderlyStop(CommandContext context, Settings settings, OptionalInt exitCode) throws Exception {
    this.terminal = context.terminal();
    this.exitCode = exitCode;
    if (context.ownsProcess()) {
      Runtime.getRuntime().addShutdownHook(hook);
      // Shutdown hooks run side by side, and H2's would close the database under the page in hand.
      Signals.onStop(this::signalled);
    }
    try {
      connector = context.connect(settings);
    } finally {
      if (connector == null) {
        forgetHook();
      }
    }
  }

  Connector connector() {
    return connector;
  }

  @Override
  public void close() {
    forgetHook();
    closeOnce();
  }

  private void forgetHook() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The hook runs already, and the process ends with it.
    }
  }

  private void closeOnce() {
    if (closed.compareAndSet(false, true)) {
      connector.close();
    }
  }

  private void signalled(int number) {
    ended();
    try {
      // A sync has its summary to print and ends the process by itself.
      command.join(LAST_WORDS.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    System.exit(128 + number);
  }

  private void ended() {
    if (connector == null) {
      // Still starting: no page is in hand, and half-started parts take long to stop.
      Runtime.getRuntime().halt(exitCode.orElse(TERMINATED));
    }
    if (closed.get()) {
      return;
    }
    terminal.tell("Stopping. What is delivered is kept; the next start goes on from there.");
    Thread closing = new Thread(this::closeOnce, "close");
    closing.setDaemon(true);
    closing.start();
    try {
      closing.join(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (closing.isAlive()) {
      terminal.tell("Not done within 10 s: ended. The page in hand comes again at the next start.");
      Runtime.getRuntime().halt(ExitCode.FAILED);
    }
    exitCode.ifPresent(Runtime.getRuntime()::halt);
  }
}
