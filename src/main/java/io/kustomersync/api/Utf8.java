package io.kustomersync.api;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Text from bytes, exactly or not at all. */
final class Utf8 {

  private Utf8() {}

  /**
   * @throws CharacterCodingException when the bytes are not UTF-8, so that turning the text back
   *     into bytes would not give the same
   */
  static String decode(byte[] bytes, int start, int end) throws CharacterCodingException {
    String text = new String(bytes, start, end - start, StandardCharsets.UTF_8);
    // The constructor is many times faster than a strict decoder, and marks what it could not read.
    if (text.indexOf('\uFFFD') < 0) {
      return text;
    }
    return StandardCharsets.UTF_8
        .newDecoder()
        .decode(ByteBuffer.wrap(bytes, start, end - start))
        .toString();
  }
}
