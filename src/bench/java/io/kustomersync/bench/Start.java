package io.kustomersync.bench;

import io.kustomersync.bench.KustomerProcess.Stock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** How long it takes from the start of the process to the first call at Kustomer. */
final class Start {

  private static final int TIMES = 9;

  private Start() {}

  static void run(Path folder) throws Exception {
    try (KustomerProcess kustomer = KustomerProcess.start(new Stock("messages", 1))) {
      List<Long> millis = new ArrayList<>();
      List<Double> cpu = new ArrayList<>();
      for (int i = 0; i < TIMES; i++) {
        Path run = Files.createDirectories(folder.resolve("start"));
        kustomer.calls();
        try (Measured measured = new ConnectorRun(kustomer, "messages", run).start("sync")) {
          cpu.add(measured.await().cpu());
          millis.add(Duration.between(measured.begun(), kustomer.calls().first()).toMillis());
        }
        Place.remove(run);
      }
      Collections.sort(millis);
      Collections.sort(cpu);
      System.out.printf(
          Locale.ROOT,
          "Start to first call, %d times: median %d ms, least %d, most %d; CPU of a whole sync of"
              + " one record: median %.2f s%n",
          TIMES,
          millis.get(TIMES / 2),
          millis.get(0),
          millis.get(TIMES - 1),
          cpu.get(TIMES / 2));
    }
  }
}
