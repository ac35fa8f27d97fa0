package io.kustomersync.settings;

import java.util.List;

/**
 * Settings whose names the user makes, by a pattern.
 *
 * @param pattern of the key; {@code <word>} stands for a name
 * @param examples each {@code key=value}
 */
public record SettingFamily(
    Section section, String pattern, String description, List<String> examples)
    implements CatalogueEntry {
  public SettingFamily {
    examples = List.copyOf(examples);
  }

  @Override
  public boolean seldom() {
    return false;
  }
}
