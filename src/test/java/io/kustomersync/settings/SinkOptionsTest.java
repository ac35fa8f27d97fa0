package io.kustomersync.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SinkOptionsTest {

  @TempDir Path home;

  private final List<String> warnings = new ArrayList<>();

  @BeforeEach
  void sinks() throws IOException {
    Files.createDirectories(home.resolve("routes/sinks"));
    Files.writeString(home.resolve("routes/sinks/database.camel.yaml"), "- route: {}\n");
    Files.writeString(
        home.resolve("routes/sinks/hook.camel.yaml"),
        "uri: \"{{kustomer.sink.hook.url:http://localhost}}\"\n"
            + "retries: '{{?kustomer.sink.hook.retries}}'\n"
            + "password: \"{{kustomer.sink.hook.password:}}\"\n");
  }

  @Test
  void theFileTheEnvironmentAndTheCommandLineReachTheSink() throws IOException {
    Files.writeString(
        home.resolve("application.properties"),
        "kustomer.sink.hook.url=http://a\nkustomer.sink.hook.retries=3\n");

    SinkOptions options =
        read(
            Map.of("KUSTOMER_SINK_HOOK_URL", "http://b", "KUSTOMER_SINK_HOOK_PASSWORD", "canary1"),
            "kustomer.sink.hook.retries=5");

    assertThat(options.plain())
        .containsOnly(
            Map.entry("kustomer.sink.hook.url", "http://b"),
            Map.entry("kustomer.sink.hook.retries", "5"));
    assertThat(options.passwords().get("kustomer.sink.hook.password").value()).isEqualTo("canary1");
    assertThat(options.toString()).doesNotContain("canary1");
    assertThat(warnings).isEmpty();
  }

  @Test
  void aPasswordMayStandInAFile() throws IOException {
    Files.writeString(home.resolve("secret"), "canary1\n");

    SinkOptions options = read(Map.of(), "kustomer.sink.hook.password-file=secret");

    assertThat(options.passwords().get("kustomer.sink.hook.password").value()).isEqualTo("canary1");
    assertThat(options.plain()).isEmpty();
  }

  @Test
  void aPasswordOnTheCommandLineIsWarnedOf() {
    read(Map.of(), "kustomer.sink.hook.password=canary1");

    assertThat(warnings)
        .singleElement()
        .asString()
        .contains("KUSTOMER_SINK_HOOK_PASSWORD")
        .doesNotContain("canary1");
  }

  @Test
  void whatNoSinkKnowsIsRefusedWithWhatThereIs() {
    assertThat(refused(Map.of(), "kustomer.sink.hok.url=x"))
        .containsExactly(
            "--set: kustomer.sink.hok.url is for a sink \"hok\" that is not there; there are"
                + " database, hook");
    assertThat(refused(Map.of(), "kustomer.sink.hook.user=x"))
        .containsExactly(
            "--set: kustomer.sink.hook.user is not an option of the sink hook; its options are"
                + " password, password-file, retries, url");
    assertThat(refused(Map.of(), "kustomer.sink.database.url=x"))
        .containsExactly(
            "--set: kustomer.sink.database.url is not an option of the sink database; it has none");
    assertThat(refused(Map.of("KUSTOMER_SINK_HOOK_URK", "x")))
        .containsExactly(
            "environment: KUSTOMER_SINK_HOOK_URK is not an option of a sink; did you mean"
                + " KUSTOMER_SINK_HOOK_URL?");
    assertThat(
            refused(
                Map.of(),
                "kustomer.sink.hook.password=canary1",
                "kustomer.sink.hook.password-file=none"))
        .isNotEmpty()
        .noneMatch(problem -> problem.contains("canary1"));
  }

  @Test
  void onlyKafkasOwnLoginModulesAreTaken() {
    String key = "camel.component.kafka.configuration.saslJaasConfig=";
    String own = "org.apache.kafka.common.security.plain.PlainLoginModule required password=\"x\";";

    assertThat(
            refused(
                Map.of(),
                key + "com.sun.security.auth.module.JndiLoginModule required p=\"canary1\";"))
        .singleElement()
        .asString()
        .contains("login module that is not Kafka's own")
        .doesNotContain("canary1");
    assertThat(read(Map.of(), key + own).plain()).isEmpty();
    String ofTheUsers = "com.sun.security.auth.module.LdapLoginModule required p=\"canary1\";";
    assertThat(refused(Map.of(), "kustomer.sink.hook.url=" + ofTheUsers))
        .containsExactly(
            "--set: kustomer.sink.hook.url names a login module that is not Kafka's own, which"
                + " would run with our rights; remove it");
    assertThat(refused(Map.of("KUSTOMER_SINK_HOOK_URL", ofTheUsers))).hasSize(1);
  }

  private SinkOptions read(Map<String, String> environment, String... sets) {
    return new SettingsReader(home, environment, Clock.systemUTC(), warnings::add)
        .read(List.of(sets), Set.of())
        .sinks()
        .options();
  }

  private List<String> refused(Map<String, String> environment, String... sets) {
    return catchThrowableOfType(SettingsException.class, () -> read(environment, sets)).problems();
  }
}
