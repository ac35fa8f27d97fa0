package io.kustomersync.settings;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * All that is known of one setting: what reads it, explains it, and would show it in a form.
 *
 * @param defaultText as a user would write it; empty if there is none, or if another's counts
 * @param follows whose value counts where this one is not set
 * @param example what a user could write where there is no default
 */
public record Setting<T>(
    Section section,
    String key,
    SettingType<T> type,
    String description,
    Optional<String> defaultText,
    Optional<Setting<T>> follows,
    Optional<String> example,
    boolean seldom)
    implements CatalogueEntry {

  private static final String FILE = "-file";

  static <T> Setting<T> of(Section section, String key, SettingType<T> type, String description) {
    return new Setting<>(
        section,
        key,
        type,
        description,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  Setting<T> withDefault(String text) {
    return new Setting<>(
        section, key, type, description, Optional.of(text), follows, example, seldom);
  }

  Setting<T> following(Setting<T> other) {
    return new Setting<>(
        section, key, type, description, defaultText, Optional.of(other), example, seldom);
  }

  Setting<T> withExample(String text) {
    return new Setting<>(
        section, key, type, description, defaultText, follows, Optional.of(text), seldom);
  }

  Setting<T> seldomNeeded() {
    return new Setting<>(section, key, type, description, defaultText, follows, example, true);
  }

  /** Whether the value must never be shown. */
  public boolean secret() {
    return type.kind() == SettingKind.Plain.SECRET;
  }

  /** Of a secret: the setting that names a file that holds it. */
  public String fileKey() {
    return key + FILE;
  }

  /**
   * What may be written in a file or behind {@code --set}: the key, of a secret also its file's.
   */
  public List<String> keys() {
    return secret() ? List.of(key, fileKey()) : List.of(key);
  }

  /** {@code kustomer.api-token} → {@code KUSTOMER_API_TOKEN}. */
  public static String variable(String key) {
    return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }
}
