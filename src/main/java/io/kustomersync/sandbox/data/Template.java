package io.kustomersync.sandbox.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The JSON of one kind with places between « and » to fill: {@code «a¦b¦c»} is one of the texts, by
 * record; anything else names a {@link Part} of {@link Parts}. Immutable; compiled once, as records
 * are made by the ten thousand a second.
 */
final class Template {
  /** Writes one piece of a record. */
  @FunctionalInterface
  interface Part {
    void write(StringBuilder out, TemplateSubject subject);
  }

  private final Part[] parts;

  private Template(List<Part> parts) {
    this.parts = parts.toArray(Part[]::new);
  }

  static Template load(String name, Function<String, Part> named) {
    try (InputStream in = Template.class.getResourceAsStream(name + ".json")) {
      return compile(new String(in.readAllBytes(), StandardCharsets.UTF_8), named);
    } catch (IOException e) {
      throw new UncheckedIOException("Record template " + name + ".json can't be read.", e);
    }
  }

  static Template compile(String text, Function<String, Part> named) {
    String joined = text.lines().map(String::strip).collect(Collectors.joining());
    List<Part> parts = new ArrayList<>();
    int at = 0;
    for (int open = joined.indexOf('«'); open >= 0; open = joined.indexOf('«', at)) {
      int close = joined.indexOf('»', open);
      parts.add(literal(joined.substring(at, open)));
      String place = joined.substring(open + 1, close);
      parts.add(place.contains("¦") ? choice(place, parts.size()) : named.apply(place));
      at = close + 1;
    }
    parts.add(literal(joined.substring(at)));
    return new Template(parts);
  }

  private static Part literal(String text) {
    return (out, subject) -> out.append(text);
  }

  private static Part choice(String place, int purpose) {
    String[] texts = place.split("¦", -1);
    return (out, subject) -> out.append(texts[subject.pick(purpose, texts.length)]);
  }

  void write(StringBuilder out, TemplateSubject subject) {
    for (Part part : parts) {
      part.write(out, subject);
    }
  }
}
