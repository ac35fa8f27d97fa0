package io.kustomersync.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Text to secrets. No message shows the text. */
final class SecretValues {
  private static final int SHORTEST_KEY = 16;
  private static final int LONGEST = 65_536;

  private SecretValues() {}

  /** A bearer token is printable ASCII without blanks; anything else is a slip in copying. */
  static Secret token(String text) throws Refusal {
    if (text.isEmpty()) {
      throw Refusal.unquoted("is empty; put a Kustomer API key there or remove it");
    }
    if (text.regionMatches(true, 0, "Bearer ", 0, 7)) {
      throw Refusal.unquoted("begins with \"Bearer\"; put the key alone there");
    }
    if (text.chars().anyMatch(Character::isWhitespace)) {
      throw Refusal.unquoted("holds white space, which no API key does; copy the key again");
    }
    if (text.chars().anyMatch(c -> c < '!' || c > '~')) {
      throw Refusal.unquoted(
          "holds characters that no API key does; copy the key again, without \"…\" or quotes");
    }
    return new Secret(text);
  }

  /** Short ones could be found by trying. */
  static Secret key(String text) throws Refusal {
    if (text.length() < SHORTEST_KEY) {
      throw Refusal.unquoted(
          "is shorter than "
              + SHORTEST_KEY
              + " characters, so that its hashes could be undone by trying; write a longer one,"
              + " for example what \"openssl rand -hex 32\" prints");
    }
    return new Secret(text);
  }

  /** What a file holds, without the line's end. */
  static Secret inFile(String name, SettingType.Parser<Secret> parser, SettingType.Context context)
      throws Refusal {
    Path file = SettingValues.path(name, context.home());
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LONGEST + 1);
      if (bytes.length > LONGEST) {
        throw Refusal.of("is too large for a secret; let the file hold nothing else");
      }
      String text = new String(bytes, StandardCharsets.UTF_8);
      try {
        return parser.parse(text.replaceFirst("[\r\n]+\\z", ""), context);
      } catch (Refusal e) {
        throw Refusal.of("names a file whose content " + e.getMessage());
      }
    } catch (IOException e) {
      throw Refusal.of("can't be read; let this user read " + file);
    }
  }
}
