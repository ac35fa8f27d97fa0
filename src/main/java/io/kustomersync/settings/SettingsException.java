package io.kustomersync.settings;

import java.util.List;

/** The settings can't be used; one line for each fault, all of them at once. */
public final class SettingsException extends RuntimeException {
  private final List<String> problems;

  public SettingsException(List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
    this.problems = List.copyOf(problems);
  }

  /** Each says place, key, fact and way out; none holds a secret. */
  public List<String> problems() {
    return problems;
  }
}
