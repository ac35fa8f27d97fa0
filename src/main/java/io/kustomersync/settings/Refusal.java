package io.kustomersync.settings;

/** Why a value is refused: the fact and the way out, to be put behind place, key and value. */
public final class Refusal extends Exception {
  private final boolean quotable;

  private Refusal(String message, boolean quotable) {
    super(message);
    this.quotable = quotable;
  }

  static Refusal of(String message) {
    return new Refusal(message, true);
  }

  /** The value may hold something secret and must not be shown. */
  static Refusal unquoted(String message) {
    return new Refusal(message, false);
  }

  boolean quotable() {
    return quotable;
  }
}
