package io.kustomersync.route;

import jakarta.jms.ConnectionFactory;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.jms.connection.UserCredentialsConnectionFactoryAdapter;

/**
 * JMS connection factories that the container has, for a sink whose address is {@code osgi:<name>}.
 * Thread-safe.
 */
@FunctionalInterface
public interface ContainerConnections {

  /** Where there is no container. */
  ContainerConnections NONE =
      name -> {
        throw new IllegalArgumentException(
            "\"osgi:"
                + name
                + "\" names a service of an OSGi container such as Karaf, and this is none; write"
                + " the broker's address");
      };

  /** The one of that name, looked up for each connection: it may come later and go again. */
  ConnectionFactory named(String name);

  /**
   * The container's, if the address names one.
   *
   * @param user empty for the factory's own
   */
  default Optional<ConnectionFactory> at(String address, String user, Optional<String> password) {
    if (!address.startsWith("osgi:")) {
      return Optional.empty();
    }
    String name = address.substring("osgi:".length());
    if (!Pattern.matches("[A-Za-z0-9._/-]{1,200}", name)) {
      throw new IllegalArgumentException(
          "\"" + address + "\": a service's name has letters, digits, dots, _, - and / only");
    }
    ConnectionFactory found = named(name);
    if (user.isEmpty()) {
      return Optional.of(found);
    }
    UserCredentialsConnectionFactoryAdapter asUser = new UserCredentialsConnectionFactoryAdapter();
    asUser.setTargetConnectionFactory(found);
    asUser.setUsername(user);
    asUser.setPassword(password.orElse(""));
    return Optional.of(asUser);
  }
}
