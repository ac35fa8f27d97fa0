package io.kustomersync.verify;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The sink that is looked at.
 *
 * @param files the sink's and those that it needs, absolute
 * @param properties what route files find as placeholders
 * @param standIn whether stand-ins take the place of all endpoints outside
 * @param setup SQL for the empty H2 database
 */
record Subject(
    String sink,
    List<Path> files,
    Map<String, String> properties,
    boolean standIn,
    List<String> setup) {
  Subject {
    files = files.stream().map(Path::toAbsolutePath).toList();
    properties = Map.copyOf(properties);
    setup = List.copyOf(setup);
  }
}
