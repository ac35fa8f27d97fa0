package io.kustomersync.schema;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Predicate;

/** Keeps names short enough and apart, always in the same way for the same source. */
final class UniqueName {

  /**
   * What PostgreSQL takes, the shortest of the databases. Names are ASCII: characters are bytes.
   */
  static final int MAX_LENGTH = 63;

  private static final int HASH_LENGTH = 8;

  private UniqueName() {}

  /**
   * The wanted name if it is short enough and free, else its beginning with a hash of the source.
   *
   * @param wanted snake_case
   * @param source the full path the name was made from; two sources never share a name
   */
  static String of(String wanted, String source, Predicate<String> taken) {
    if (wanted.length() <= MAX_LENGTH && !taken.test(wanted)) {
      return wanted;
    }
    String name = withHash(wanted, source);
    // Only a field that is named after another one's hash gets this far.
    for (int round = 1; taken.test(name); round++) {
      name = withHash(wanted, source + '\0' + round);
    }
    return name;
  }

  /** The first hex digits of the source's SHA-256. */
  static String hash(String source) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(source.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, HASH_LENGTH / 2);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java has no SHA-256, which every Java must have.", e);
    }
  }

  private static String withHash(String wanted, String source) {
    int end = Math.min(wanted.length(), MAX_LENGTH - 1 - HASH_LENGTH);
    while (end > 0 && wanted.charAt(end - 1) == '_') {
      end--;
    }
    return wanted.substring(0, end) + '_' + hash(source);
  }
}
