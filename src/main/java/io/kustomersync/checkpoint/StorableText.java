package io.kustomersync.checkpoint;

/**
 * Text that every database gives back as it was. Drivers make a "?" of half a surrogate pair, since
 * UTF-8 has no place for it, and PostgreSQL refuses U+0000.
 */
final class StorableText {

  private static final char UNKNOWN = '\uFFFD';

  private StorableText() {}

  /** The same JSON, with such a half written as JSON's own escape. */
  static String json(String json) {
    return replaced(json, false);
  }

  /** For people: what can't be stored becomes U+FFFD. */
  static String plain(String text) {
    return replaced(text.replace('\0', UNKNOWN), true);
  }

  private static String replaced(String text, boolean plain) {
    StringBuilder changed = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean half =
          Character.isSurrogate(c) && !pairAt(text, i) && !(i > 0 && pairAt(text, i - 1));
      if (half && changed == null) {
        changed = new StringBuilder(text.length() + 16).append(text, 0, i);
      }
      if (half) {
        changed.append(plain ? String.valueOf(UNKNOWN) : "\\u%04x".formatted((int) c));
      } else if (changed != null) {
        changed.append(c);
      }
    }
    return changed == null ? text : changed.toString();
  }

  private static boolean pairAt(String text, int at) {
    return at + 1 < text.length()
        && Character.isHighSurrogate(text.charAt(at))
        && Character.isLowSurrogate(text.charAt(at + 1));
  }
}
