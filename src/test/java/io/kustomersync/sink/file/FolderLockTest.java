package io.kustomersync.sink.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kustomersync.sink.database.OtherProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FolderLockTest {
  private static final Duration SOON = Duration.ofMillis(100);

  @TempDir Path folder;

  /** Another process: takes the lock, says so, and never gives it back. */
  static final class Other {
    public static void main(String[] folder) throws Exception {
      FolderLock.take(Path.of(folder[0]));
      System.out.println("has it");
      new CountDownLatch(1).await();
    }
  }

  @Test
  void whatAnotherProcessHasIsWaitedForAndComesWithItsEnd() throws Exception {
    Process other =
        OtherProcess.of(Other.class, folder).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try {
      assertThat(other.inputReader().readLine()).isEqualTo("has it");

      assertThatThrownBy(() -> FolderLock.take(folder, SOON))
          .isInstanceOf(IOException.class)
          .hasMessage(
              folder
                  + ": another process has locked it for 0 s; if it is frozen, end it or let it go"
                  + " on");
    } finally {
      other.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
    FolderLock.take(folder, SOON).close();
  }

  @Test
  void withinAProcessOneAtATimeHasIt() throws Exception {
    try (FolderLock held = FolderLock.take(folder)) {
      CountDownLatch refused = new CountDownLatch(1);
      Thread second =
          new Thread(
              () -> {
                try {
                  FolderLock.take(folder, SOON).close();
                } catch (IOException e) {
                  refused.countDown();
                }
              });
      second.start();
      assertThat(refused.await(30, TimeUnit.SECONDS)).isTrue();
    }
    FolderLock.take(folder, SOON).close();
  }

  @Test
  void aLinkInItsPlaceIsNotFollowed(@TempDir Path elsewhere) throws Exception {
    Files.createSymbolicLink(folder.resolve(FolderLock.NAME), elsewhere.resolve("other"));

    assertThatThrownBy(() -> FolderLock.take(folder)).isInstanceOf(IOException.class);
    assertThat(elsewhere).isEmptyDirectory();
    Files.delete(folder.resolve(FolderLock.NAME));
    FolderLock.take(folder, SOON).close();
  }
}
