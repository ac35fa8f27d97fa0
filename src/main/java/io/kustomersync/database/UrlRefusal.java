package io.kustomersync.database;

/** Why a JDBC URL is refused: the fact and the way out. Never holds what the URL says. */
public final class UrlRefusal extends Exception {
  public static final String PASSWORD =
      "holds a user or password; write them into the .user and .password settings beside it";

  UrlRefusal(String message) {
    super(message);
  }
}
