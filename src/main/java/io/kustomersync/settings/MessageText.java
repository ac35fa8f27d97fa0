package io.kustomersync.settings;

/** Makes what others wrote fit for a message. */
public final class MessageText {
  private static final int LONGEST = 80;

  private MessageText() {}

  /** One line, no terminal escapes, not too long. */
  public static String shown(String text) {
    String plain = text.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]", "?");
    return plain.length() > LONGEST ? plain.substring(0, LONGEST) + "…" : plain;
  }
}
