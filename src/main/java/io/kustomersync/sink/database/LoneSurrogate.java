package io.kustomersync.sink.database;

import java.util.Optional;

/** Half a surrogate pair: JSON can escape it, UTF-8 can't hold it, drivers make it a "?". */
final class LoneSurrogate {

  private LoneSurrogate() {}

  /** Why the text can't be sent as UTF-8; empty if it can. */
  static Optional<String> in(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isSurrogate(c)) {
        continue;
      }
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1));
      if (!pair) {
        return Optional.of(
            "holds half a surrogate pair (U+%04X), which UTF-8 has no place for"
                .formatted((int) c));
      }
      i++;
    }
    return Optional.empty();
  }
}
