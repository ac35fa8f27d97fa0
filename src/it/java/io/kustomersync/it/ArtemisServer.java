package io.kustomersync.it;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager;

/** A real broker in this process, with a journal on disk, so that it can be stopped and started. */
final class ArtemisServer implements AutoCloseable {

  private final Path journal;
  private final int port;
  private final Optional<Login> login;
  private EmbeddedActiveMQ broker;

  ArtemisServer(Path journal) throws Exception {
    this(journal, BrokerProcess.freePort());
  }

  ArtemisServer(Path journal, int port) throws Exception {
    this(journal, port, Optional.empty());
  }

  private ArtemisServer(Path journal, int port, Optional<Login> login) throws Exception {
    this.journal = journal;
    this.port = port;
    this.login = login;
    start();
  }

  /** One that lets in only this user. */
  static ArtemisServer guarded(Path journal, String user, String password) throws Exception {
    return new ArtemisServer(
        journal, BrokerProcess.freePort(), Optional.of(new Login(user, password)));
  }

  void start() throws Exception {
    Configuration configuration = new ConfigurationImpl();
    configuration.setSecurityEnabled(login.isPresent());
    configuration.setJMXManagementEnabled(false);
    configuration.setJournalDirectory(journal.resolve("journal").toString());
    configuration.setBindingsDirectory(journal.resolve("bindings").toString());
    configuration.setLargeMessagesDirectory(journal.resolve("large").toString());
    configuration.setPagingDirectory(journal.resolve("paging").toString());
    configuration.addAcceptorConfiguration("all", "tcp://127.0.0.1:" + port);
    broker = new EmbeddedActiveMQ();
    broker.setConfiguration(configuration);
    login.ifPresent(broker::setSecurityManager);
    broker.start();
    broker.getActiveMQServer().waitForActivation(20, java.util.concurrent.TimeUnit.SECONDS);
  }

  void stop() throws Exception {
    broker.stop();
  }

  int port() {
    return port;
  }

  long count(String queue) {
    return broker.getActiveMQServer().locateQueue(queue).getMessageCount();
  }

  /** Those of clients, at this moment. */
  int connections() {
    return broker.getActiveMQServer().getConnectionCount();
  }

  /** Takes all messages that are there. */
  List<Message> drain(String queue) throws JMSException {
    return drain(port, queue, login.orElse(new Login(null, null)));
  }

  /** Takes all messages that are there, from the broker at this port. */
  static List<Message> drain(int port, String queue) throws JMSException {
    return drain(port, queue, new Login(null, null));
  }

  private static List<Message> drain(int port, String queue, Login login) throws JMSException {
    List<Message> messages = new ArrayList<>();
    try (ActiveMQConnectionFactory factory =
            new ActiveMQConnectionFactory("tcp://127.0.0.1:" + port);
        Connection connection = factory.createConnection(login.user, login.password);
        Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
        MessageConsumer consumer = session.createConsumer(session.createQueue(queue))) {
      connection.start();
      for (Message message = consumer.receive(5_000);
          message != null;
          message = consumer.receive(1_000)) {
        messages.add(message);
      }
    }
    return messages;
  }

  @Override
  public void close() {
    try {
      broker.stop();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** The one user there is, who may do all. */
  private record Login(String user, String password) implements ActiveMQSecurityManager {

    @Override
    public boolean validateUser(String name, String word) {
      return user.equals(name) && password.equals(word);
    }

    @Override
    public boolean validateUserAndRole(
        String name, String word, Set<Role> roles, CheckType checkType) {
      return validateUser(name, word);
    }
  }
}
