package io.kustomersync.settings;

import io.kustomersync.settings.SettingSources.Entry;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What was given for a declared setting, as a value; notes each fault and goes on. */
final class GivenSettings {
  private static final int COMMAND_LINE = 3;

  private final SettingSources sources;
  private final SettingType.Context context;
  private final List<String> problems;
  private final Consumer<String> warnings;

  /**
   * @param problems gets a line for each value that can't be used
   * @param warnings told of what works but should be done otherwise
   */
  GivenSettings(
      SettingSources sources,
      SettingType.Context context,
      List<String> problems,
      Consumer<String> warnings) {
    this.sources = sources;
    this.context = context;
    this.problems = problems;
    this.warnings = warnings;
  }

  /** Of a secret: whether itself or its file is given. */
  boolean given(Setting<?> setting) {
    return setting.keys().stream().anyMatch(sources.entries()::containsKey);
  }

  /** What is given and fine, else the default, which there must be. */
  <T> T value(Setting<T> setting) {
    return optional(setting).orElseGet(() -> byDefault(setting));
  }

  /** What is given and fine, whatever the default. */
  <T> Optional<T> optional(Setting<T> setting) {
    return parsed(setting.key(), setting.secret(), setting.type().parser());
  }

  /** A secret stands in its key or in a file; the higher source wins. */
  Optional<Secret> secret(Setting<Secret> setting) {
    Entry direct = sources.entries().get(setting.key());
    Entry inFile = sources.entries().get(setting.fileKey());
    if (direct != null && inFile != null && direct.rank() == inFile.rank()) {
      problems.add(
          direct.place()
              + ": "
              + direct.name()
              + " and "
              + inFile.name()
              + " are both set; remove one");
      return Optional.empty();
    }
    if (inFile != null && (direct == null || direct.rank() < inFile.rank())) {
      return parsed(
          setting.fileKey(),
          false,
          (name, at) -> SecretValues.inFile(name, setting.type().parser(), at));
    }
    if (direct != null && direct.rank() == COMMAND_LINE) {
      warnings.accept(
          "--set: "
              + setting.key()
              + " shows in the process list; use the environment variable "
              + Setting.variable(setting.key())
              + " or "
              + setting.fileKey()
              + " instead");
    }
    return optional(setting);
  }

  private <T> T byDefault(Setting<T> setting) {
    try {
      return setting.type().parser().parse(setting.defaultText().orElseThrow(), context);
    } catch (Refusal refusal) {
      throw new IllegalStateException("the default of " + setting.key() + " is refused", refusal);
    }
  }

  private <T> Optional<T> parsed(String key, boolean secret, SettingType.Parser<T> parser) {
    Entry entry = sources.entries().get(key);
    if (entry == null) {
      return Optional.empty();
    }
    boolean password = key.endsWith(".password");
    String text = password ? entry.value() : entry.value().strip();
    try {
      return Optional.of(parser.parse(text, context));
    } catch (Refusal refusal) {
      boolean quoted = refusal.quotable() && !secret && !text.contains("eyJ");
      problems.add(
          entry.place()
              + ": "
              + entry.name()
              + (quoted ? " \"" + MessageText.shown(text) + "\" " : " ")
              + refusal.getMessage());
      return Optional.empty();
    }
  }
}
