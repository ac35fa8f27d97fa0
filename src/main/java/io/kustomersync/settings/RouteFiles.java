package io.kustomersync.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The files in {@code routes/}: all of its top level, and of {@code sinks/} those chosen. */
public final class RouteFiles {

  public static final String SUFFIX = ".camel.yaml";

  /** Those that read Kustomer; no sink uses them. */
  private static final Set<String> SHIPPED =
      Set.of("beans", "deliver", "failures", "kustomer-api", "read-table", "schedule", "tables");

  private final Path routes;

  public RouteFiles(Path routes) {
    this.routes = routes;
  }

  /**
   * What Camel is to load.
   *
   * @throws SettingsException when the folder is not there, a sink has no file, or a file holds
   *     what no route needs
   */
  public String includePattern(List<String> sinks) {
    List<Path> files = new ArrayList<>(in(routes));
    if (files.isEmpty()) {
      throw new SettingsException(
          List.of(
              "kustomer.routes: there is no *"
                  + SUFFIX
                  + " in "
                  + routes
                  + "; name the folder that holds the routes"));
    }
    List<String> problems = new ArrayList<>();
    for (String sink : sinks) {
      Path file = sink(sink);
      if (Files.isRegularFile(file)) {
        files.add(file);
      } else {
        problems.add(
            "kustomer.sinks: there is no sink \""
                + sink
                + "\" ("
                + file
                + "); there are "
                + String.join(", ", sinks()));
      }
    }
    if (!problems.isEmpty()) {
      throw new SettingsException(problems);
    }
    return String.join(",", checked(files).stream().map(file -> "file:" + file).toList());
  }

  private static List<Path> checked(List<Path> files) {
    List<String> problems =
        files.stream().flatMap(file -> RouteText.problems(file).stream()).toList();
    if (!problems.isEmpty()) {
      throw new SettingsException(problems);
    }
    return files;
  }

  /**
   * A sink's file and those beside the shipped ones, which it may use.
   *
   * @throws SettingsException when there is no such sink
   */
  public List<Path> ofSink(String name) {
    if (!sinks().contains(name)) {
      throw new SettingsException(
          List.of(
              "there is no sink \""
                  + MessageText.shown(name)
                  + "\" in "
                  + routes.resolve("sinks")
                  + "; there are "
                  + String.join(", ", sinks())));
    }
    List<Path> files = new ArrayList<>();
    for (Path file : in(routes)) {
      if (!SHIPPED.contains(file.getFileName().toString().replace(SUFFIX, ""))) {
        files.add(file);
      }
    }
    files.add(sink(name));
    return checked(files);
  }

  /** The file of a sink, whether it is there or not. */
  Path sink(String name) {
    return routes.resolve("sinks").resolve(name + SUFFIX);
  }

  /** The names of the sinks that there are, in alphabetical order. */
  List<String> sinks() {
    return in(routes.resolve("sinks")).stream()
        .map(file -> file.getFileName().toString())
        .map(name -> name.substring(0, name.length() - SUFFIX.length()))
        .toList();
  }

  private static List<Path> in(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
    } catch (IOException e) {
      throw new SettingsException(
          List.of("kustomer.routes: " + folder + " can't be read (" + e.getMessage() + ")"));
    }
  }
}
