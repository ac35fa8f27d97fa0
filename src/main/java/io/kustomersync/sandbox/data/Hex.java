package io.kustomersync.sandbox.data;

/** Lower-case hexadecimal digits into a character array. */
final class Hex {
  private static final char[] DIGITS = "0123456789abcdef".toCharArray();

  private Hex() {}

  /** The lowest {@code digits} digits of {@code value}, at {@code at}. */
  static void put(char[] target, int at, int digits, long value) {
    for (int i = 0; i < digits; i++) {
      target[at + i] = DIGITS[(int) (value >>> (4 * (digits - 1 - i))) & 15];
    }
  }
}
