package io.kustomersync.schema;

/** Turns the names Kustomer uses into names that every database takes without thinking. */
final class SnakeCase {

  private SnakeCase() {}

  /**
   * {@code createdAt} → {@code created_at}, {@code externalURL} → {@code external_url}, {@code
   * SLABreached} → {@code sla_breached}, {@code shopify-order} → {@code shopify_order}. Everything
   * but {@code [a-z0-9]} becomes one underscore between words. May be empty; several names may give
   * the same result.
   */
  static String of(String name) {
    StringBuilder clean = new StringBuilder(name.length() + 8);
    boolean gap = false;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean upper = isUpper(c);
      if (!upper && !isLowerOrDigit(c)) {
        gap = true;
        continue;
      }
      if (upper && startsWord(name, i)) {
        gap = true;
      }
      if (gap && clean.length() > 0) {
        clean.append('_');
      }
      gap = false;
      clean.append(upper ? (char) (c + ('a' - 'A')) : c);
    }
    return clean.toString();
  }

  /** After a lower-case letter or digit, or as the last capital of a row of capitals. */
  private static boolean startsWord(String name, int i) {
    if (i == 0) {
      return false;
    }
    char before = name.charAt(i - 1);
    return isLowerOrDigit(before)
        || (isUpper(before)
            && i + 1 < name.length()
            && name.charAt(i + 1) >= 'a'
            && name.charAt(i + 1) <= 'z');
  }

  private static boolean isUpper(char c) {
    return c >= 'A' && c <= 'Z';
  }

  private static boolean isLowerOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  }
}
