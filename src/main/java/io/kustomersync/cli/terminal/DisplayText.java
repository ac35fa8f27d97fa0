package io.kustomersync.cli.terminal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text as a terminal shows it: its width in cells, cut to fit, without anything it would obey. */
public final class DisplayText {
  private static final Pattern CHARACTER = Pattern.compile("\\X");

  /** Controls of C0 and C1, and what turns the direction of text. */
  private static final Pattern HARMFUL =
      Pattern.compile(
          "[\\p{Cntrl}\\x{80}-\\x{9F}\\x{202A}-\\x{202E}\\x{2066}-\\x{2069}\\x{200E}"
              + "\\x{200F}\\x{61C}\\x{FEFF}\\x{E0000}-\\x{E007F}\\p{Cs}]");

  private static final Pattern BLANK =
      Pattern.compile("[\\t\\r\\n\\x{B}\\f\\x{85}\\x{2028}\\x{2029}]+");

  private DisplayText() {}

  /** One line; line breaks and tabs become a blank, other controls {@code ·}. */
  public static String neutral(String text) {
    return HARMFUL.matcher(BLANK.matcher(text).replaceAll(" ")).replaceAll("·");
  }

  /** Cells that a terminal gives it: 2 for East Asian wide characters and emoji, 0 for accents. */
  public static int width(String text) {
    int width = 0;
    Matcher characters = CHARACTER.matcher(text);
    while (characters.find()) {
      width += widthOfCharacter(characters.group());
    }
    return width;
  }

  /** Unchanged if it fits, else cut between characters and ended by {@code …}. */
  public static String fit(String text, int cells) {
    if (text.length() <= cells / 2 || width(text) <= cells) {
      return text;
    }
    int width = 0;
    Matcher characters = CHARACTER.matcher(text);
    while (characters.find()) {
      width += widthOfCharacter(characters.group());
      if (width > cells - 1) {
        return text.substring(0, characters.start()) + "…";
      }
    }
    return text;
  }

  private static int widthOfCharacter(String character) {
    if (character.indexOf('\uFE0F') > 0) {
      return 2;
    }
    return character.codePoints().map(DisplayText::widthOf).max().orElse(0);
  }

  private static int widthOf(int codePoint) {
    switch (Character.getType(codePoint)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> {
        return 0;
      }
      default -> {
        return isWide(codePoint) ? 2 : 1;
      }
    }
  }

  /** The blocks of Unicode's EastAsianWidth W and F, and emoji, in bulk. */
  private static boolean isWide(int c) {
    return c >= 0x1100
        && (c <= 0x115F
            || c == 0x231A
            || c == 0x231B
            || c == 0x23E9
            || c == 0x2705
            || c == 0x2728
            || c == 0x274C
            || c == 0x2B50
            || c >= 0x2E80 && c <= 0x303E
            || c >= 0x3041 && c <= 0xA4CF
            || c >= 0xA960 && c <= 0xA97F
            || c >= 0xAC00 && c <= 0xD7A3
            || c >= 0xF900 && c <= 0xFAFF
            || c >= 0xFE30 && c <= 0xFE6F
            || c >= 0xFF00 && c <= 0xFF60
            || c >= 0xFFE0 && c <= 0xFFE6
            || c >= 0x1F1E6 && c <= 0x1F64F
            || c >= 0x1F680 && c <= 0x1F6FF
            || c >= 0x1F900 && c <= 0x1FAFF
            || c >= 0x20000 && c <= 0x3FFFD);
  }
}
