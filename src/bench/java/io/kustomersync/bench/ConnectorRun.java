package io.kustomersync.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The distribution with settings for a measurement. */
final class ConnectorRun {

  private static final Path HOME = Path.of("target/kustomer-sync").toAbsolutePath();

  private final Path folder;
  private final Map<String, String> settings = new LinkedHashMap<>();
  private final List<String> java = new ArrayList<>();

  /**
   * @param folder for its data and its logs
   */
  ConnectorRun(KustomerProcess kustomer, String tables, Path folder) {
    this.folder = folder;
    with("kustomer.url", kustomer.url());
    with("kustomer.start-date", kustomer.from().toString());
    // tags: see KustomerProcess
    with("kustomer.tables", tables + ",tags");
    with("kustomer.budget.share", "1");
    with("kustomer.database.url", "jdbc:h2:file:" + folder.resolve("kustomer"));
    String more = System.getProperty("bench.java", "");
    if (!more.isBlank()) {
      java.addAll(List.of(more.split(" ")));
    }
  }

  ConnectorRun with(String key, String value) {
    settings.put(key, value);
    return this;
  }

  ConnectorRun java(String option) {
    java.add(option);
    return this;
  }

  Measured start(String... command) throws IOException {
    Path collections = folder.resolve("gc.log");
    List<String> line = new ArrayList<>(List.of(HOME.resolve("bin/kustomer-sync").toString()));
    line.addAll(List.of(command));
    settings.forEach((key, value) -> line.addAll(List.of("--set", key + "=" + value)));
    ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("KUSTOMER_"));
    builder.environment().put("KUSTOMER_API_TOKEN", KustomerProcess.TOKEN);
    builder
        .environment()
        .put(
            "KUSTOMER_SYNC_JAVA_OPTS",
            String.join(" ", java) + " " + Measured.logOption(collections));
    return new Measured(builder, folder, collections);
  }
}
