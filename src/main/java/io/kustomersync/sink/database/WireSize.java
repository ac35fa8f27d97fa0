package io.kustomersync.sink.database;

/** What values take on their way to the server, which refuses a statement that is too long. */
final class WireSize {

  /** Of a character: three in UTF-8, and a quarter of the statement for the statement itself. */
  static final int MOST_BYTES = 4;

  private static final int PER_COLUMN = 32;

  private WireSize() {}

  /** Bytes for the values of one row in a statement of so many. */
  static long limit(long statement) {
    return statement - Math.min(64 * 1024, statement / MOST_BYTES);
  }

  /** At most so much; cheap, and nearly every text is too short to look at more closely. */
  static long most(Object value) {
    return value instanceof String text ? PER_COLUMN + 3L * text.length() : PER_COLUMN;
  }

  /** In UTF-8, with a backslash before what a text in quotes needs one for. */
  static long of(Object value) {
    if (!(value instanceof String text)) {
      return PER_COLUMN;
    }
    long size = PER_COLUMN;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        size += c == '\'' || c == '"' || c == '\\' || c == 0 ? 2 : 1;
      } else if (c < 0x800 || Character.isSurrogate(c)) {
        size += 2; // half a pair of four
      } else {
        size += 3;
      }
    }
    return size;
  }
}
