package io.kustomersync.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of Camel's own settings could undo what is promised does not reach it. */
class CamelSettingsTest {

  private static void check(String line) throws Refusal {
    String[] parts = line.split("=", 2);
    CamelSettings.check(parts[0], parts[1]);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // TLS
        "camel.ssl.trustAllCertificates=true",
        "camel.ssl.trust-all-certificates=true",
        "camel.ssl.TRUSTALLCERTIFICATES=true",
        "camel.ssl.selfSigned=true",
        "camel.ssl.secureSocketProtocol=TLSv1",
        "camel.component.http.x509HostnameVerifier=#class:X",
        "camel.component.https.x509-hostname-verifier=#noop",
        "camel.component.https.sslContextParameters=#mine",
        "camel.component.http.followRedirects=true",
        "camel.component.https.http-client-configurer=#mine",
        "camel.security.policy=allow",
        "camel.security.insecureSslPolicy=warn",
        "camel.security.allowedProperties=camel.ssl.trustAllCertificates",
        // when the checkpoint moves, what is tried again, what runs
        "camel.main.routesReloadEnabled=true",
        "camel.main.routes-reload-enabled=true",
        "camel.main.routesIncludePattern=file:other.yaml",
        "camel.main.routesBuilders=x",
        "camel.main.routesCollectorIgnoreLoadingError=true",
        "camel.main.autoStartup=false",
        "camel.main.durationMaxMessages=1",
        "camel.main.allowUseOriginalMessage=true",
        "camel.main.endpointLazyStartProducer=true",
        "camel.main.profile=dev",
        "camel.main.autoConfigurationEnvironmentVariablesEnabled=true",
        "camel.main.tracing=true",
        "camel.springboot.routes-reload-enabled=true",
        "camel.routecontroller.enabled=true",
        "camel.routecontroller.excludeRoutes=*",
        "camel.component.direct.block=false",
        "camel.component.quartz.properties[org.quartz.threadPool.threadCount]=1",
        "camel.beans.checkpoints=#class:X",
        "camel.beans.Checkpoints.x=1",
        "camel.beans[saveCheckpoint]=#class:X",
        "camel.beans.lease[0]=x",
        // queues
        "camel.component.jms.deliveryPersistent=false",
        "camel.component.jms.configuration.delivery-persistent=false",
        "camel.component.jms[deliveryMode]=1",
        "camel.component.jms.timeToLive=1",
        "camel.component.kustomer-kafka.configuration.request-required-acks=0",
        "camel.component.kustomer-kafka.configuration.additionalProperties[acks]=0",
        // what Kustomer returns is never made into objects
        "camel.dataformat.jackson.allowUnmarshallType=true",
        "camel.dataformat.jackson.unmarshalType=X",
        "camel.dataformat.jackson.moduleClassNames=X",
        "camel.component.jms.allowSerializedHeaders=true",
        "camel.component.jms.transferExchange=true",
        // ports and debuggers
        "camel.server.enabled=true",
        "camel.management.enabled=true",
        "camel.debug.enabled=true",
        "camel.trace.enabled=true",
        "camel.devConsole=true",
        "camel.=x",
        "camel.component.kafka.configuration.saslJaasConfig="
            + "com.sun.security.auth.module.JndiLoginModule required;",
        "camel.component.kafka.additional-properties[sasl.jaas.config]="
            + "com.sun.security.auth.module.LdapLoginModule required;",
        "camel.component.kafka.configuration.additionalProperties.sasl.jaas.config=LoginModule x"
      })
  void whatCouldBreakAPromiseIsRefused(String line) {
    assertThatThrownBy(() -> check(line)).isInstanceOf(Refusal.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "camel.main.name=here",
        "camel.main.use-mdc-logging=true",
        "camel.ssl.enabled=true",
        "camel.ssl.trustStore=file:our-ca.p12",
        "camel.security.policy=fail",
        "camel.component.https.useGlobalSslContextParameters=true",
        "camel.component.http.proxy-host=proxy.example",
        "camel.component.aws2-s3.region=eu-west-1",
        "camel.component.kafka.configuration.saslJaasConfig="
            + "org.apache.kafka.common.security.plain.PlainLoginModule required;",
        "camel.dataformat.csv.delimiter=;",
        "camel.beans.mine=#class:com.example.Mine",
        "camel.beans.mine.checkpoints=1",
        "camel.health.enabled=true",
        "camel.threadpool.pool-size=3"
      })
  void whatCanNotIsTheUsers(String line) {
    assertThatCode(() -> check(line)).doesNotThrowAnyException();
  }

  @Test
  void theRefusalSaysWhatIsAllowedThere() {
    assertThatThrownBy(() -> check("camel.component.jms.deliveryPersistent=false"))
        .hasMessage(
            "could break what is promised (docs/promises.md), so it is not passed on to Camel;"
                + " remove it (allowed there: connectionfactory, password, username)");
  }

  /** Else a bean added to a route file could be put aside by a setting. */
  @Test
  void everyBeanThatOurRoutesNameIsKnownAsOurs() throws IOException {
    Set<String> named = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Path.of("routes"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        JsonNode yaml = new ObjectMapper(new YAMLFactory()).readTree(file.toFile());
        for (JsonNode item : yaml) {
          item.path("beans").forEach(bean -> named.add(bean.path("name").asText()));
        }
        yaml.findValuesAsText("ref").stream().filter(ref -> !ref.isEmpty()).forEach(named::add);
        java.util.regex.Pattern.compile("#(?:bean:)?([A-Za-z][A-Za-z-]*)\"")
            .matcher(Files.readString(file))
            .results()
            .forEach(result -> named.add(result.group(1)));
      }
    }
    assertThat(named).hasSizeGreaterThan(30);
    assertThat(CamelSettings.OUR_BEANS).containsAll(named);
  }
}
