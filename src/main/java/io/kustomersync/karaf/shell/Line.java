package io.kustomersync.karaf.shell;

import java.util.ArrayList;
import java.util.List;

/** A command line in the making. */
final class Line {

  private final List<String> words = new ArrayList<>();

  /**
   * @param command and, where it has them, its subcommand
   */
  Line(String... command) {
    words.addAll(List.of(command));
  }

  /** A switch, where it is on. */
  Line with(String name, boolean on) {
    if (on) {
      words.add(name);
    }
    return this;
  }

  Line with(String name, int value) {
    words.addAll(List.of(name, Integer.toString(value)));
    return this;
  }

  /** The tables, last. */
  List<String> of(List<String> tables) {
    words.addAll(tables);
    return words;
  }
}
