package io.kustomersync.sandbox.options;

import java.util.Set;

/**
 * One API key. Immutable.
 *
 * @param value what follows {@code Bearer}
 * @param roles e.g. {@code org.permission.customer.read}; {@code org.user} covers {@code
 *     org.user.*}, {@code *} everything
 * @param pod the region it belongs to
 * @param expired answered with 401 "Expired token"
 */
public record Token(String value, Set<String> roles, String pod, boolean expired) {
  public Token {
    roles = Set.copyOf(roles);
  }

  /** A valid key of the default region. */
  public static Token of(String value, String... roles) {
    return new Token(value, Set.of(roles), "prod1", false);
  }

  /** A valid key with every role. */
  public static Token all(String value) {
    return of(value, "*");
  }

  /** Does not show the key. */
  @Override
  public String toString() {
    return "Token" + roles;
  }
}
