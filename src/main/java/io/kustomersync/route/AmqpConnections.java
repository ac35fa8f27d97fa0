package io.kustomersync.route;

import jakarta.jms.ConnectionFactory;
import java.util.Optional;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;

/**
 * Pooled connections to a broker that speaks AMQP 1.0, or to what the container has. Stop it to
 * close them.
 */
public final class AmqpConnections extends JmsPoolConnectionFactory {

  /**
   * @param url or {@code osgi:<name>}
   * @param user empty for none
   * @param timeout milliseconds after which a silent broker has failed; a container's factory waits
   *     as it is set up to
   */
  public AmqpConnections(
      String url,
      String user,
      int timeout,
      SinkPasswords passwords,
      ContainerConnections container) {
    Optional<String> password = passwords.of("amqp", "password");
    setConnectionFactory(
        container.at(url, user, password).orElseGet(() -> qpid(url, user, password, timeout)));
  }

  private static ConnectionFactory qpid(
      String url, String user, Optional<String> password, int timeout) {
    JmsConnectionFactory qpid = new JmsConnectionFactory(url);
    if (!user.isEmpty()) {
      qpid.setUsername(user);
      qpid.setPassword(password.orElse(""));
    }
    qpid.setSendTimeout(timeout);
    qpid.setRequestTimeout(timeout);
    qpid.setConnectTimeout(timeout);
    return qpid;
  }
}
