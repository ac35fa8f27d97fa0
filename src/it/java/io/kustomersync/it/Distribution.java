package io.kustomersync.it;

import io.kustomersync.sandbox.SandboxKustomer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The distribution as the build makes it, run with settings of a test's own. Its database is in the
 * test's folder, its token comes from the environment.
 */
final class Distribution {
  static final Path HOME = Path.of("target/kustomer-sync").toAbsolutePath();

  /** To be found wherever it should not be. */
  static final String TOKEN = "eyJhbGciOiJIUzI1NiJ9.canary-4711.c2VjcmV0";

  private static final Duration LONGEST = Duration.ofSeconds(180);

  private final Path folder;
  private final Map<String, String> settings = new LinkedHashMap<>();
  private final Map<String, String> environment = new LinkedHashMap<>();

  /**
   * @param folder where the database goes
   */
  Distribution(Path folder) {
    this.folder = folder;
    environment.put("KUSTOMER_API_TOKEN", TOKEN);
    // Starts in half the time; what it does is the same.
    environment.put("KUSTOMER_SYNC_JAVA_OPTS", "-XX:TieredStopAtLevel=1");
    with("kustomer.start-date", "2017-01-25");
    with("kustomer.database.url", databaseUrl());
    with("kustomer.budget.share", "1");
  }

  static Distribution against(SandboxKustomer sandbox, Path folder) {
    return new Distribution(folder).with("kustomer.url", sandbox.url());
  }

  /** Of the H2 file; to be opened when no process has it, or beside one by AUTO_SERVER. */
  String databaseUrl() {
    return "jdbc:h2:file:" + folder.resolve("kustomer") + ";AUTO_SERVER=TRUE";
  }

  Path folder() {
    return folder;
  }

  Distribution with(String key, String value) {
    settings.put(key, value);
    return this;
  }

  Distribution without(String key) {
    settings.remove(key);
    return this;
  }

  /** Without any settings, as it is unpacked. */
  Distribution bare() {
    settings.clear();
    return this;
  }

  Distribution environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** A copy of the routes to break, which the following runs use. */
  Path ownRoutes() throws IOException {
    Path routes = folder.resolve("routes");
    try (Stream<Path> files = Files.walk(HOME.resolve("routes"))) {
      for (Path file : files.toList()) {
        Files.copy(file, routes.resolve(HOME.resolve("routes").relativize(file).toString()));
      }
    }
    with("kustomer.routes", routes.toString());
    return routes;
  }

  Outcome run(String... command) throws IOException, InterruptedException {
    try (Running running = start(command)) {
      return running.await(LONGEST);
    }
  }

  Running start(String... command) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(HOME.resolve("bin/kustomer-sync").toString());
    line.addAll(List.of(command));
    settings.forEach((key, value) -> line.addAll(List.of("--set", key + "=" + value)));
    ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("KUSTOMER_"));
    builder.environment().putAll(environment);
    return Running.start(builder);
  }
}
