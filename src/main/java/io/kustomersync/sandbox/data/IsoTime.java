package io.kustomersync.sandbox.data;

/** Epoch milliseconds as {@code 2025-03-02T08:44:10.907Z}, without making objects. */
public final class IsoTime {
  private IsoTime() {}

  public static void append(StringBuilder out, long millis) {
    long days = Math.floorDiv(millis, 86_400_000L);
    int rest = (int) Math.floorMod(millis, 86_400_000L);
    // Days to a civil date, counted in eras of 400 years that begin on 1 March.
    long shifted = days + 719_468;
    long era = Math.floorDiv(shifted, 146_097L);
    int dayOfEra = (int) (shifted - era * 146_097);
    int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    int marchMonth = (5 * dayOfYear + 2) / 153;
    int month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
    digits(out, (int) (yearOfEra + era * 400) + (month <= 2 ? 1 : 0), 4);
    digits(out.append('-'), month, 2);
    digits(out.append('-'), dayOfYear - (153 * marchMonth + 2) / 5 + 1, 2);
    digits(out.append('T'), rest / 3_600_000, 2);
    digits(out.append(':'), rest / 60_000 % 60, 2);
    digits(out.append(':'), rest / 1000 % 60, 2);
    digits(out.append('.'), rest % 1000, 3);
    out.append('Z');
  }

  private static void digits(StringBuilder out, int value, int count) {
    int divisor = 1;
    for (int i = 1; i < count; i++) {
      divisor *= 10;
    }
    for (; divisor > 0; divisor /= 10) {
      out.append((char) ('0' + value / divisor % 10));
    }
  }
}
