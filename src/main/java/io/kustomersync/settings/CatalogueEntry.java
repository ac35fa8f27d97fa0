package io.kustomersync.settings;

/** One thing that a user can set. */
public sealed interface CatalogueEntry permits Setting, SettingFamily {

  Section section();

  /** Whole sentences, in one line; words within backquotes are commands. */
  String description();

  /** Whether most users can do without. */
  boolean seldom();
}
