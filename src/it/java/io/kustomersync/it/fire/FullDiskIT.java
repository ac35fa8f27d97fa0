package io.kustomersync.it.fire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kustomersync.it.fire.CampaignDatabase.Place;
import io.kustomersync.it.fire.Program.Ended;
import io.kustomersync.it.fire.Program.Running;
import io.kustomersync.sandbox.SandboxKustomer;
import io.kustomersync.sandbox.options.SandboxOptions;
import io.kustomersync.sink.database.TestServer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A file system too small for what is to be written; needs root to mount one, else skipped. */
@Timeout(120)
class FullDiskIT {
  private static final List<String> TABLES = List.of("customers", "conversations");
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir Path folder;

  private SandboxKustomer kustomer;
  private Path small;
  private Program program;

  @BeforeEach
  void start() throws Exception {
    small = Files.createDirectory(folder.resolve("small"));
    assumeTrue(
        command("mount", "-t", "tmpfs", "-o", "size=1400k", "tmpfs", small.toString()) == 0,
        "only root can mount a file system");
    kustomer =
        SandboxKustomer.start(
            SandboxOptions.empty()
                .count("customers", 2_000)
                .count("conversations", 2_000)
                .searchLag(Duration.ZERO)
                .searchLimit(100_000)
                .orgLimit(100_000));
    program =
        new Program(folder)
            .set("kustomer.url", kustomer.url())
            .set("kustomer.start-date", "2017-01-25")
            .set("kustomer.tables", String.join(",", TABLES))
            .set("kustomer.page-size", 100)
            .set("kustomer.budget.share", 1);
  }

  @AfterEach
  void stop() throws Exception {
    if (kustomer != null) {
      kustomer.close();
    }
    command("umount", "-l", small.toString());
  }

  @Test
  void stopsWithTheReasonWhenTheDataDiskIsFullAndGoesOnWhenThereIsRoom() throws Exception {
    Place rows = Place.h2(small.resolve("db"));
    program.set("kustomer.database.url", rows.url());

    endsWellOnceThereIsRoom(program.run("sync"), rows);
  }

  @Test
  void stopsWithTheReasonWhenTheCheckpointsDiskGetsFullAndGoesOnWhenThereIsRoom() throws Exception {
    Place rows = Place.on(TestServer.shared(TestServer.Kind.POSTGRESQL), "full_disk");
    program
        .set("kustomer.database.url", rows.url())
        .set("kustomer.database.user", rows.user())
        .set("kustomer.checkpoint.url", "jdbc:h2:file:" + small.resolve("checkpoints"))
        .set("kustomer.checkpoint.user", "sa")
        .set("kustomer.page-size", 50);
    long before = kustomer.requestCount();
    Running sync = program.start("sync");
    await().atMost(SOON).until(() -> kustomer.requestCount() > before + 6);
    Path rest = small.resolve("rest");
    fill(rest);

    Ended full = sync.end(SOON);
    Files.delete(rest);

    endsWellOnceThereIsRoom(full, rows);
  }

  /** Until there is not a byte left. */
  private static void fill(Path file) throws IOException {
    byte[] some = new byte[512];
    try (OutputStream out = Files.newOutputStream(file)) {
      while (true) {
        out.write(some);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
  }

  private void endsWellOnceThereIsRoom(Ended full, Place rows) throws Exception {
    assertThat(full.code()).as(full.output()).isEqualTo(1);
    assertThat(full.output()).containsIgnoringCase("no space left on device");
    assertThat(full.output()).doesNotContain("\tat ");

    command("mount", "-o", "remount,size=200m", small.toString());

    Ended next = program.run("sync");
    assertThat(next.code()).as(next.output()).isZero();
    try (Connection connection = rows.connect()) {
      Truth.mustHold(kustomer, connection, TABLES);
    }
  }

  private static int command(String... words) throws IOException, InterruptedException {
    return new ProcessBuilder(words)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
