package io.kustomersync.settings;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** A Java properties file, read as UTF-8, with the line on which each setting stands. */
final class PropertiesFile {

  record Line(int number, String key, String value) {}

  private PropertiesFile() {}

  /**
   * @return the settings in the order of the file; none if there is no such file
   * @param problems gets a line for each thing that can't be read
   */
  static List<Line> read(Path file, List<String> problems) {
    String name = String.valueOf(file.getFileName());
    List<Line> lines = new ArrayList<>();
    if (Files.notExists(file)) {
      return lines;
    }
    String text;
    try {
      text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
              .toString();
    } catch (CharacterCodingException e) {
      problems.add(name + ": is not UTF-8 text; save " + file + " as UTF-8");
      return lines;
    } catch (IOException e) {
      problems.add(name + ": can't be read; let this user read " + file);
      return lines;
    }
    String[] physical = (text.startsWith("\uFEFF") ? text.substring(1) : text).split("\r\n|\r|\n");
    for (int i = 0; i < physical.length; i++) {
      int number = i + 1;
      StringBuilder logical = new StringBuilder(physical[i]);
      if (!isComment(physical[i])) {
        while (continues(physical[i]) && i + 1 < physical.length) {
          logical.append('\n').append(physical[++i]);
        }
      }
      parse(name, number, logical.toString(), lines, problems);
    }
    return lines;
  }

  private static void parse(
      String name, int number, String logical, List<Line> lines, List<String> problems) {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(logical));
    } catch (IOException | IllegalArgumentException e) {
      problems.add(
          name + ":" + number + ": a backslash-u stands before no four hex digits; correct it");
      return;
    }
    properties.forEach((key, value) -> lines.add(new Line(number, (String) key, (String) value)));
  }

  private static boolean isComment(String line) {
    String text = line.stripLeading();
    return text.startsWith("#") || text.startsWith("!");
  }

  /** An odd number of backslashes at the end. */
  private static boolean continues(String line) {
    int end = line.length();
    while (end > 0 && line.charAt(end - 1) == '\\') {
      end--;
    }
    return (line.length() - end) % 2 == 1;
  }
}
