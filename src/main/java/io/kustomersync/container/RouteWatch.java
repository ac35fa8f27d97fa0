package io.kustomersync.container;

import io.kustomersync.settings.RouteFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Sees that files of the routes were changed, added or removed. Not thread-safe. */
final class RouteWatch {

  /** Never changes. */
  static final RouteWatch OF_NOTHING = new RouteWatch(Optional.empty());

  private final Optional<Path> routes;
  private Map<Path, String> known;
  private Map<Path, String> lastSeen;

  private RouteWatch(Optional<Path> routes) {
    this.routes = routes;
    known = look();
    lastSeen = known;
  }

  /** Watches from now on. */
  static RouteWatch of(Path routes) {
    return new RouteWatch(Optional.of(routes));
  }

  /**
   * @return whether something is different, once for each change, and not while it still changes
   *     from call to call: a file may be half written
   */
  boolean changed() {
    Map<Path, String> seen = look();
    boolean settled = seen.equals(lastSeen);
    lastSeen = seen;
    if (!settled || seen.equals(known)) {
      return false;
    }
    known = seen;
    return true;
  }

  private Map<Path, String> look() {
    Map<Path, String> files = new TreeMap<>();
    for (Path routesFolder : routes.stream().toList()) {
      for (Path folder : List.of(routesFolder, routesFolder.resolve("sinks"))) {
        try (Stream<Path> entries = Files.list(folder)) {
          entries
              .filter(file -> file.toString().endsWith(RouteFiles.SUFFIX))
              .forEach(file -> files.put(file, version(file)));
        } catch (NoSuchFileException e) {
          // No files then; the connector says it.
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    return files;
  }

  private static String version(Path file) {
    try {
      return Files.getLastModifiedTime(file) + " " + Files.size(file);
    } catch (IOException e) {
      // Gone between the list and the look; the next look agrees with itself.
      return "";
    }
  }
}
