package io.kustomersync.connector;

import io.kustomersync.api.Budget;
import io.kustomersync.api.Kustomer;
import io.kustomersync.api.KustomerException;
import io.kustomersync.api.Page;
import io.kustomersync.read.TableDefinition;
import io.kustomersync.route.Tables;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;

/** Asks Kustomer by the route {@code kustomer}. */
record CamelSource(ProducerTemplate template, Tables definitions, Budget budget)
    implements KustomerSource {

  @Override
  public List<TableDefinition> tables() {
    return definitions.all();
  }

  @Override
  public TableDefinition define(String table, String klass) {
    return definitions.define(table, klass);
  }

  @Override
  public Kustomer kustomer() {
    return request -> {
      Exchange exchange =
          template.send("direct:kustomer", call -> call.getMessage().setBody(request));
      if (exchange.getException() instanceof KustomerException refused) {
        throw refused;
      } else if (exchange.getException() != null) {
        throw new IllegalStateException(request + " failed", exchange.getException());
      }
      return exchange.getMessage().getBody(Page.class);
    };
  }

  @Override
  public long calls() {
    return budget.calls();
  }
}
