package io.kustomersync.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.junit.jupiter.api.Test;

class KafkaBrokerTest {

  private static KafkaBroker broker(String mechanism, String user, String password) {
    return new KafkaBroker(
        "localhost:1",
        1000,
        "SASL_SSL",
        mechanism,
        user,
        "/",
        "",
        (sink, option) -> Optional.of(password));
  }

  @Test
  void noUserAndNoPasswordCanBringInAnotherLoginModule() {
    String foreign =
        "\\\" ; com.sun.security.auth.module.JndiLoginModule required user.provider.url=\"ldap://x";
    for (String text : List.of(foreign, foreign.substring(1), "\\", "a\\\";", "'; x=\"")) {
      String jaas = broker("PLAIN", text, text).getConfiguration().getSaslJaasConfig();

      List<AppConfigurationEntry> modules =
          JaasContext.loadClientContext(Map.of("sasl.jaas.config", new Password(jaas)))
              .configurationEntries();

      assertThat(modules)
          .singleElement()
          .satisfies(
              module -> {
                assertThat(module.getLoginModuleName())
                    .isEqualTo("org.apache.kafka.common.security.plain.PlainLoginModule");
                assertThat(module.getOptions().get("username")).isEqualTo(text);
                assertThat(module.getOptions().get("password")).isEqualTo(text);
              });
    }
  }

  @Test
  void noMechanismThatRunsOtherClassesIsTaken() {
    for (String mechanism : List.of("GSSAPI", "OAUTHBEARER", "com.example.LoginModule", "")) {
      assertThatThrownBy(() -> broker(mechanism, "u", "p"))
          .hasMessageContaining("kustomer.sink.kafka.sasl-mechanism");
    }
  }

  @Test
  void nothingCountsAsSentBeforeAllReplicasHaveIt() {
    Properties given = broker("PLAIN", "u", "p").getConfiguration().createProducerProperties();
    given.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:1");

    ProducerConfig producer = new ProducerConfig(given);

    assertThat(producer.getString(ProducerConfig.ACKS_CONFIG)).isIn("all", "-1");
    assertThat(producer.getBoolean(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG)).isTrue();
  }
}
