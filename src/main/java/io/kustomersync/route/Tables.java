package io.kustomersync.route;

import io.kustomersync.read.TableDefinition;
import io.kustomersync.read.TableDefinition.History;
import io.kustomersync.read.TableDefinition.ListTable;
import io.kustomersync.read.TableDefinition.SearchTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;

/**
 * The tables as {@code routes/tables.camel.yaml} defines them: what its templated routes were
 * given. Thread-safe once the routes are loaded.
 */
public final class Tables {

  /** Prefix of the ids of the routes that poll a table. */
  public static final String POLL = "poll-";

  private final CamelContext context;

  public Tables(CamelContext context) {
    this.context = context;
  }

  /** In the order of the file. */
  public List<TableDefinition> all() {
    List<TableDefinition> tables = new ArrayList<>();
    for (RouteDefinition route : ((ModelCamelContext) context).getRouteDefinitions()) {
      Map<?, ?> parameters = route.getTemplateParameters();
      if (parameters != null && parameters.containsKey("table")) {
        tables.add(definition(route, parameters));
      }
    }
    return tables;
  }

  public Optional<TableDefinition> find(String name) {
    return all().stream().filter(table -> table.name().equals(name)).findFirst();
  }

  /**
   * @throws IllegalArgumentException when no such table is defined; the message lists those that
   *     are
   */
  public TableDefinition get(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no table \""
                        + name
                        + "\" in routes/tables.camel.yaml; there are "
                        + String.join(", ", all().stream().map(TableDefinition::name).toList())));
  }

  /**
   * Adds a table for one custom class, read apart from the others.
   *
   * @param klass the class's own name, e.g. {@code shopify-order}
   */
  public TableDefinition define(String table, String klass) {
    try {
      context.addRouteFromTemplate(
          POLL + table,
          "search-table",
          Map.of("table", table, "object", "kobject", "context", "kobject_" + klass));
    } catch (Exception e) {
      throw new IllegalArgumentException(
          "routes/schedule.camel.yaml: the table \""
              + table
              + "\" can't be made of the template"
              + " search-table: "
              + Messages.of(e),
          e);
    }
    return get(table);
  }

  private static TableDefinition definition(RouteDefinition route, Map<?, ?> parameters) {
    String name = text(parameters, "table");
    if (!route.getId().equals(POLL + name)) {
      throw new IllegalArgumentException(
          "routes/tables.camel.yaml: the route of table \""
              + name
              + "\" is called \""
              + route.getId()
              + "\"; call it \""
              + POLL
              + name
              + "\"");
    }
    if (parameters.containsKey("object")) {
      String object = text(parameters, "object");
      return new SearchTable(
          name,
          text(parameters, "context").isEmpty() ? object : text(parameters, "context"),
          object,
          history(name, text(parameters, "history")),
          text(parameters, "path"));
    }
    return new ListTable(
        name,
        text(parameters, "path"),
        Integer.parseInt(text(parameters, "pageSize")),
        Arrays.asList(text(parameters, "filters").split(",", -1)));
  }

  private static History history(String table, String word) {
    return switch (word) {
      case "archive" -> History.ARCHIVE;
      case "list" -> History.LIST;
      default ->
          throw new IllegalArgumentException(
              "routes/tables.camel.yaml: table \""
                  + table
                  + "\" has history \""
                  + word
                  + "\"; write archive or list");
    };
  }

  private static String text(Map<?, ?> parameters, String name) {
    Object value = parameters.get(name);
    return value == null ? "" : value.toString();
  }
}
