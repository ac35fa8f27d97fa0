package io.kustomersync.route;

import org.apache.qpid.jms.JmsConnectionFactory;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;

/** Pooled connections to a broker that speaks AMQP 1.0. Stop it to close them. */
public final class AmqpConnections extends JmsPoolConnectionFactory {

  /**
   * @param user empty for none
   * @param timeout milliseconds after which a silent broker has failed
   */
  public AmqpConnections(String url, String user, int timeout, SinkPasswords passwords) {
    JmsConnectionFactory qpid = new JmsConnectionFactory(url);
    if (!user.isEmpty()) {
      qpid.setUsername(user);
      qpid.setPassword(passwords.of("amqp", "password").orElse(""));
    }
    qpid.setSendTimeout(timeout);
    qpid.setRequestTimeout(timeout);
    qpid.setConnectTimeout(timeout);
    setConnectionFactory(qpid);
  }
}
