package io.kustomersync.database;

/** Why a JDBC URL is refused: the fact and the way out. Never holds what the URL says. */
public final class UrlRefusal extends Exception {
  UrlRefusal(String message) {
    super(message);
  }
}
