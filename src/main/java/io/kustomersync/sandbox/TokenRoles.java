package io.kustomersync.sandbox;

import io.kustomersync.sandbox.options.Token;
import java.util.Map;
import java.util.Set;

/** Which roles open which family of endpoints; any one is enough (kustomer-api.md §1.3). */
public final class TokenRoles {
  private static final Set<String> ALSO_ADMIN = Set.of("klass", "metadata", "search", "tag");
  private static final Set<String> PERMISSION_ONLY = Set.of("user", "team");
  private static final Map<String, Set<String>> SPECIAL =
      Map.of(
          "search",
          Set.of(
              "org.permission.search.create",
              "org.permission.search.update",
              "org.permission.search_global.create",
              "org.permission.search_preview.create"));

  private TokenRoles() {}

  /**
   * @throws RefusedCall 403 when the key may not read any of the families
   */
  static void require(Token token, String... families) {
    for (String family : families) {
      if (opens(token, family)) {
        return;
      }
    }
    throw RefusedCall.forbidden(String.join(" or ", families));
  }

  /** One KObject can also be opened by a role for its class. */
  static void requireKobject(Token token, String klass) {
    if (!token.roles().contains("org.permission.kobject.kobject_" + klass + ".read")) {
      require(token, "kobject");
    }
  }

  private static boolean opens(Token token, String family) {
    Set<String> roles = token.roles();
    boolean legacy = roles.contains("org.user") || roles.contains("org.user." + family + ".read");
    return roles.contains("*")
        || roles.contains("org.permission." + family + ".read")
        || (legacy && !PERMISSION_ONLY.contains(family))
        || (ALSO_ADMIN.contains(family) && roles.contains("org.admin." + family + ".read"))
        || SPECIAL.getOrDefault(family, Set.of()).stream().anyMatch(roles::contains);
  }
}
