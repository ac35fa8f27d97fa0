package io.kustomersync.route;

import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;

/** Pooled connections to an Artemis broker in its own protocol. Stop it to close them. */
public final class ArtemisConnections extends JmsPoolConnectionFactory {

  /**
   * @param user empty for none
   * @param waiting whether each message waits for the broker's word; within a transaction only its
   *     end has to
   */
  public ArtemisConnections(String url, String user, boolean waiting, SinkPasswords passwords) {
    ActiveMQConnectionFactory artemis = new ActiveMQConnectionFactory(url);
    if (!user.isEmpty()) {
      artemis.setUser(user);
      artemis.setPassword(passwords.of("jms", "password").orElse(""));
    }
    artemis.setBlockOnDurableSend(waiting);
    artemis.setEnable1xPrefixes(false);
    setConnectionFactory(artemis);
  }
}
