package io.kustomersync.route;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.kafka.KafkaConfiguration;

/**
 * Camel's Kafka component, set up from the sink's options: nothing is acknowledged before all
 * replicas have it, and the client's own retries make no duplicates. Only Kafka's own login modules
 * can be had, since a login module is a class that runs with our rights.
 */
public final class KafkaBroker extends KafkaComponent {

  private static final Map<String, String> LOGIN_MODULES =
      Map.of(
          "PLAIN", "org.apache.kafka.common.security.plain.PlainLoginModule",
          "SCRAM-SHA-256", "org.apache.kafka.common.security.scram.ScramLoginModule",
          "SCRAM-SHA-512", "org.apache.kafka.common.security.scram.ScramLoginModule");
  private static final List<String> PROTOCOLS =
      List.of("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL");

  /**
   * @param timeout after so many milliseconds without the brokers' word a page has failed
   * @param truststore empty for Java's own
   */
  public KafkaBroker(
      String brokers,
      int timeout,
      String security,
      String mechanism,
      String user,
      String home,
      String truststore,
      SinkPasswords passwords) {
    KafkaConfiguration kafka = new KafkaConfiguration();
    kafka.setBrokers(brokers);
    kafka.setRequestRequiredAcks("all");
    kafka.setEnableIdempotence(true);
    kafka.setBatchWithIndividualHeaders(true);
    kafka.setLingerMs(5);
    kafka.setProducerBatchSize(256 * 1024);
    kafka.setMaxRequestSize(16 * 1024 * 1024);
    kafka.setMaxBlockMs(timeout);
    kafka.setRequestTimeoutMs(Math.max(1000, timeout / 2));
    kafka.setDeliveryTimeoutMs(timeout + Math.max(1000, timeout / 2));
    kafka.setSecurityProtocol(oneOf("security", security, PROTOCOLS));
    if (security.startsWith("SASL")) {
      kafka.setSaslMechanism(
          oneOf("sasl-mechanism", mechanism, LOGIN_MODULES.keySet().stream().sorted().toList()));
      kafka.setSaslJaasConfig(
          LOGIN_MODULES.get(mechanism)
              + " required username="
              + quoted(user)
              + " password="
              + quoted(passwords.of("kafka", "password").orElse(""))
              + ";");
    }
    if (!truststore.isEmpty()) {
      kafka.setSslTruststoreLocation(Path.of(home).resolve(truststore).toString());
      Optional<String> password = passwords.of("kafka", "truststore-password");
      password.ifPresent(kafka::setSslTruststorePassword);
    }
    setConfiguration(kafka);
    setKafkaClientFactory(new KafkaProducers());
  }

  private static String oneOf(String option, String value, List<String> known) {
    if (!known.contains(value)) {
      throw new IllegalArgumentException(
          "kustomer.sink.kafka."
              + option
              + " \""
              + value
              + "\" is not known; write "
              + String.join(", ", known));
    }
    return value;
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
