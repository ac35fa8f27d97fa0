package io.kustomersync.karaf;

import io.kustomersync.container.ContainerService;
import io.kustomersync.route.ContainerConnections;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;

/** The container's JMS connection factories, of {@code jakarta.jms} and {@code javax.jms} alike. */
final class ServiceConnections implements ContainerConnections {

  private final NamedServices services;

  ServiceConnections(NamedServices services) {
    this.services = services;
  }

  @Override
  public ConnectionFactory named(String name) {
    return new Named(name);
  }

  /** Looks the service up for each connection. */
  private final class Named implements ConnectionFactory {

    private final ContainerService named;

    Named(String name) {
      named = new ContainerService(ContainerService.Kind.CONNECTION_FACTORY, name);
    }

    @Override
    public Connection createConnection() throws JMSException {
      return of(ConnectionFactory::createConnection);
    }

    @Override
    public Connection createConnection(String user, String password) throws JMSException {
      return of(factory -> factory.createConnection(user, password));
    }

    @Override
    public JMSContext createContext() {
      throw notNeeded();
    }

    @Override
    public JMSContext createContext(String user, String password) {
      throw notNeeded();
    }

    @Override
    public JMSContext createContext(String user, String password, int sessionMode) {
      throw notNeeded();
    }

    @Override
    public JMSContext createContext(int sessionMode) {
      throw notNeeded();
    }

    private JMSRuntimeException notNeeded() {
      return new JMSRuntimeException("our sinks work with connections, not with contexts");
    }

    private Connection of(Connecting connecting) throws JMSException {
      return services
          .use(named, service -> connecting.by(JmsBridge.connectionFactory(service)))
          .orElseThrow(() -> new JMSException(named.missing()));
    }

    @Override
    public String toString() {
      return "osgi:" + named.name();
    }
  }

  @FunctionalInterface
  private interface Connecting {
    Connection by(ConnectionFactory factory) throws JMSException;
  }
}
