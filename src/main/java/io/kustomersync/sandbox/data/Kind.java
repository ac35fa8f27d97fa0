package io.kustomersync.sandbox.data;

import io.kustomersync.sandbox.TokenRoles;
import io.kustomersync.sandbox.options.Klass;
import io.kustomersync.sandbox.options.SandboxOptions;
import java.util.List;

/**
 * One kind of record.
 *
 * @param name as in {@link SandboxOptions}, e.g. {@code customers}
 * @param type as in the records, e.g. {@code customer}
 * @param object prefix of its search attributes; empty when it can't be searched
 * @param path of its list
 * @param family which roles it asks for, see {@link TokenRoles}
 * @param template name of its record template
 * @param code part of its ids
 * @param maxPageSize of its list (kustomer-api.md §2.1)
 */
public record Kind(
    String name,
    String type,
    String object,
    String path,
    String family,
    String template,
    int code,
    int maxPageSize) {

  static final List<Kind> PLAIN =
      List.of(
          searched("customers", "customer", 1),
          searched("conversations", "conversation", 2),
          searched("messages", "message", 3),
          searched("notes", "note", 4),
          searched("companies", "company", 5),
          listed("users", "user", 6, 500),
          listed("teams", "team", 7, 500),
          listed("tags", "tag", 8, 100),
          listed("shortcuts", "shortcut", 9, 100),
          listed("brands", "brand", 10, 100),
          listed("klasses", "klass", 11, 100));

  private static Kind searched(String name, String type, int code) {
    return new Kind(name, type, type, "/v1/" + name, type, type, code, 100);
  }

  private static Kind listed(String name, String type, int code, int maxPageSize) {
    return new Kind(name, type, "", "/v1/" + name, type, type, code, maxPageSize);
  }

  static Kind kobjects(Klass klass, int number) {
    return new Kind(
        "kobject_" + klass.name(),
        "kobject." + klass.name(),
        "kobject",
        "/v1/klasses/" + klass.plural(),
        "klass",
        "kobject",
        16 + number,
        100);
  }

  public boolean isKobject() {
    return object.equals("kobject");
  }

  /** The class name; only of KObjects. */
  public String klass() {
    return type.substring("kobject.".length());
  }

  boolean isSearched() {
    return !object.isEmpty();
  }

  /**
   * Whether a deleted record stays findable with {@code includeDeleted}; Fivetran tracks no deletes
   * of messages and KObjects (kustomer-api.md §3.7).
   */
  boolean keepsDeleted() {
    return !isKobject() && !name.equals("messages");
  }
}
