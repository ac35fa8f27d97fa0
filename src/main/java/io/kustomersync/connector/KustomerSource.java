package io.kustomersync.connector;

import io.kustomersync.api.Kustomer;
import io.kustomersync.read.TableDefinition;
import java.util.List;

/** What is read from: the tables that the routes define, and the gate to Kustomer. Thread-safe. */
public interface KustomerSource {

  /** All tables that {@code routes/tables.camel.yaml} defines, in its order. */
  List<TableDefinition> tables();

  /**
   * Adds a table for one custom class, read apart from the others.
   *
   * @param table e.g. {@code kobject_shopify_order}
   * @param klass the class's own name, e.g. {@code shopify-order}
   */
  TableDefinition define(String table, String klass);

  /** The one gate to Kustomer. */
  Kustomer kustomer();

  /** Calls made to Kustomer so far. */
  long calls();
}
