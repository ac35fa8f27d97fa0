package io.kustomersync.route;

import jakarta.jms.ConnectionFactory;
import java.util.Optional;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;

/**
 * Pooled connections to an Artemis broker in its own protocol, or to what the container has. Stop
 * it to close them.
 */
public final class ArtemisConnections extends JmsPoolConnectionFactory {

  private Optional<ActiveMQConnectionFactory> own = Optional.empty();

  /**
   * @param url or {@code osgi:<name>}
   * @param user empty for none
   * @param waiting whether each message waits for the broker's word; within a transaction only its
   *     end has to. A container's factory waits as it is set up to
   */
  public ArtemisConnections(
      String url,
      String user,
      boolean waiting,
      SinkPasswords passwords,
      ContainerConnections container) {
    Optional<String> password = passwords.of("jms", "password");
    Optional<ConnectionFactory> containers = container.at(url, user, password);
    if (containers.isEmpty()) {
      own = Optional.of(artemis(url, user, password, waiting));
    }
    setConnectionFactory(containers.isPresent() ? containers.get() : own.get());
  }

  private static ActiveMQConnectionFactory artemis(
      String url, String user, Optional<String> password, boolean waiting) {
    ActiveMQConnectionFactory artemis = new ActiveMQConnectionFactory(url);
    if (!user.isEmpty()) {
      artemis.setUser(user);
      artemis.setPassword(password.orElse(""));
    }
    artemis.setBlockOnDurableSend(waiting);
    artemis.setEnable1xPrefixes(false);
    // The threads that all its clients share never end: a bundle that is gone would leave them.
    artemis.setUseGlobalPools(false);
    return artemis;
  }

  @Override
  public void stop() {
    super.stop();
    own.ifPresent(ActiveMQConnectionFactory::close);
  }
}
