package io.kustomersync.settings;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Text to names. */
final class NameValues {
  private NameValues() {}

  /**
   * @param text names with commas between
   * @param example what to write instead, for the message
   * @throws Refusal when one is of another form, or there twice
   */
  static List<String> names(String text, Pattern form, String example) throws Refusal {
    List<String> names = Stream.of(text.split(",", -1)).map(String::strip).toList();
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      name(name, form, example);
      if (!seen.add(name)) {
        throw Refusal.of("names " + name + " twice; remove one");
      }
    }
    return names;
  }

  static String name(String name, Pattern form, String example) throws Refusal {
    if (!form.matcher(name).matches()) {
      throw Refusal.of("holds what is no name; write " + example);
    }
    return name;
  }
}
