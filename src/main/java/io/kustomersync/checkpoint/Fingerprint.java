package io.kustomersync.checkpoint;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** A short text that differs when the content does. Stateless and thread-safe. */
public final class Fingerprint {

  private Fingerprint() {}

  /** The first 128 bits of the text's SHA-256, in hex. */
  public static String of(String text) {
    return HexFormat.of().formatHex(Arrays.copyOf(sha256(text), 16));
  }

  static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
