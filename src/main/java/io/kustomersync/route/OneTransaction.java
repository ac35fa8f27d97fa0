package io.kustomersync.route;

import jakarta.jms.ConnectionFactory;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.Policy;
import org.springframework.jms.connection.JmsTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What its steps send over these connections goes in one transaction: when they end well it is
 * committed, when one throws nothing was sent. Thread-safe.
 */
public final class OneTransaction implements Policy {

  private final TransactionTemplate transactions;

  public OneTransaction(ConnectionFactory connections) {
    transactions = new TransactionTemplate(new JmsTransactionManager(connections));
  }

  @Override
  public void beforeWrap(Route route, NamedNode definition) {}

  @Override
  public Processor wrap(Route route, Processor processor) {
    return exchange ->
        transactions.executeWithoutResult(
            status -> {
              try {
                processor.process(exchange);
              } catch (Exception e) {
                throw RuntimeCamelException.wrapRuntimeCamelException(e);
              }
              if (exchange.getException() != null) {
                throw RuntimeCamelException.wrapRuntimeCamelException(exchange.getException());
              }
            });
  }
}
