package io.kustomersync.schema;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The table of each custom class: {@code kobject_} and the class's name in snake_case, e.g. {@code
 * shopify-order} → {@code kobject_shopify_order}. Immutable.
 *
 * <p>Classes whose names differ only in what snake_case drops ({@code shopify-order}, {@code
 * shopify_order}, {@code shopifyOrder}) each keep a table. Of those seen together, the one that is
 * written in snake_case already gets the plain name, else the first in alphabetical order; the
 * others get a hash of their name at the end. So the outcome does not depend on the order in which
 * Kustomer lists them, and a table once given to a class stays with it.
 *
 * @param tables class name → table name
 */
public record KlassTables(Map<String, String> tables) {

  private static final String TYPE_PREFIX = "kobject.";

  public KlassTables {
    tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
  }

  public static KlassTables of(Collection<String> classNames) {
    return new KlassTables(Map.of()).with(classNames);
  }

  /** The class of a record's type: {@code kobject.order} → {@code order}; empty for other types. */
  public static Optional<String> klassOf(String type) {
    return type.length() > TYPE_PREFIX.length() && type.startsWith(TYPE_PREFIX)
        ? Optional.of(type.substring(TYPE_PREFIX.length()))
        : Optional.empty();
  }

  /** These and, for classes not known yet, new ones. Known classes keep their tables. */
  public KlassTables with(Collection<String> classNames) {
    Map<String, String> all = new LinkedHashMap<>(tables);
    Set<String> taken = new HashSet<>(tables.values());
    List<String> added = new ArrayList<>(new HashSet<>(classNames));
    added.removeAll(tables.keySet());
    added.sort(
        Comparator.comparing((String name) -> !SnakeCase.of(name).equals(name))
            .thenComparing(Comparator.naturalOrder()));
    for (String name : added) {
      String clean = SnakeCase.of(name);
      String wanted = "kobject_" + (clean.isEmpty() ? UniqueName.hash(name) : clean);
      String table = UniqueName.of(wanted, TYPE_PREFIX + name, taken::contains);
      taken.add(table);
      all.put(name, table);
    }
    return new KlassTables(all);
  }

  /** The class's table; empty for a class not passed in yet. */
  public Optional<String> table(String className) {
    return Optional.ofNullable(tables.get(className));
  }
}
