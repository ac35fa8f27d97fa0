package io.kustomersync.settings;

import java.util.Optional;

/** What belongs together among the settings, in the order in which a user meets it. */
public enum Section {
  KUSTOMER("Kustomer", null),
  DELIVERY("When and where to", null),
  SINKS("Files and queues", "docs/sinks/"),
  DATABASE("The database sink's tables", "docs/sinks/database.md"),
  COLUMNS("Columns and personal data", "docs/privacy.md"),
  CAMEL("Apache Camel", "docs/promises.md");

  private final String title;
  private final String page;

  Section(String title, String page) {
    this.title = title;
    this.page = page;
  }

  public String title() {
    return title;
  }

  /** Where more is said, from the top of the repository. */
  public Optional<String> page() {
    return Optional.ofNullable(page);
  }
}
