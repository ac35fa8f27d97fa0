package io.kustomersync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kustomersync.settings.Configuration;
import io.kustomersync.settings.Settings;
import io.kustomersync.settings.SettingsException;
import io.kustomersync.settings.SettingsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What no engine here can run, checked against what there is. */
class InstallFilesTest {

  private static final Path DIST = Path.of("src/main/dist");

  @TempDir Path temp;

  @Test
  void theDockerfileCopiesAndStartsWhatTheBuildMakes() throws IOException {
    String dockerfile = Files.readString(Path.of("Dockerfile"));
    List<String> copied =
        Pattern.compile("(?m)^COPY (\\S+) (\\S+)$")
            .matcher(dockerfile)
            .results()
            .map(copy -> copy.group(1) + " to " + copy.group(2))
            .toList();

    assertThat(copied).containsExactly("target/kustomer-sync/ to /opt/kustomer-sync/");
    assertThat(Files.readString(Path.of(".dockerignore"))).contains("!target/kustomer-sync\n");
    assertThat(Files.readString(Path.of("pom.xml")))
        .contains("<finalName>kustomer-sync</finalName>");
    assertThat(dockerfile).contains("ENTRYPOINT [\"/opt/kustomer-sync/bin/kustomer-sync\"]");
    assertThat(DIST.resolve("bin/kustomer-sync")).isExecutable();
  }

  @Test
  void theUnitStartsTheScriptAndMayWriteToItsStateOnly() throws IOException {
    List<String> unit = Files.readAllLines(DIST.resolve("systemd/kustomer-sync.service"));

    assertThat(unit)
        .contains(
            "ExecStart=/opt/kustomer-sync/bin/kustomer-sync run",
            "StateDirectory=kustomer-sync",
            "ProtectSystem=strict",
            "NoNewPrivileges=true",
            "RestartPreventExitStatus=2")
        .noneMatch(line -> line.startsWith("ReadWritePaths"));
  }

  /** Where systemd is; a fresh machine may have none. */
  @Test
  void systemdFindsNoFaultInTheUnit() throws Exception {
    Path analyze = Path.of("/usr/bin/systemd-analyze");
    assumeTrue(Files.isExecutable(analyze), "SKIPPED: there is no " + analyze);
    Path script = DIST.resolve("bin/kustomer-sync").toAbsolutePath();
    String unit = Files.readString(DIST.resolve("systemd/kustomer-sync.service"));
    Path here =
        Files.writeString(
            temp.resolve("kustomer-sync.service"),
            unit.replace("/opt/kustomer-sync/bin/kustomer-sync", script.toString()));

    Process process =
        new ProcessBuilder(analyze.toString(), "verify", here.toString())
            .redirectErrorStream(true)
            .start();

    assertThat(new String(process.getInputStream().readAllBytes())).isEmpty();
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void allSettingsShownForKarafCanBeSet() throws IOException {
    String shipped = Files.readString(Path.of("src/main/karaf/io.kustomersync.cfg"));
    Properties properties = new Properties();
    properties.load(
        new java.io.StringReader(
            Pattern.compile("(?m)^#(kustomer\\.)")
                .matcher(shipped)
                .replaceAll((MatchResult key) -> key.group(1))));
    Map<String, String> values = new java.util.HashMap<>();
    properties.forEach((key, value) -> values.put((String) key, (String) value));
    Path token = Files.writeString(temp.resolve("token"), "a-token\n");
    values.put("kustomer.api-token-file", token.toString());
    values.put("kustomer.database.password-file", token.toString());
    values.put("kustomer.routes", Path.of("routes").toAbsolutePath().toString());
    List<String> warnings = new ArrayList<>();

    Settings settings = reader(values, warnings).read(List.of(), Set.of(Settings.Need.TOKEN));

    assertThat(warnings).isEmpty();
    assertThat(settings.connection().apiToken().orElseThrow().value()).isEqualTo("a-token");
    assertThat(settings.storage().database().url())
        .startsWith("jdbc:h2:file:" + temp.resolve("kustomer-sync/kustomer"));
  }

  @Test
  void aContainersSettingsAreNamedAsItNamesThem() {
    assertThat(
            org.assertj.core.api.Assertions.catchThrowableOfType(
                    SettingsException.class,
                    () ->
                        reader(Map.of("kustomer.page-sise", "5"), new ArrayList<>())
                            .read(List.of(), Set.of(Settings.Need.TOKEN)))
                .problems())
        .satisfiesExactly(
            problem ->
                assertThat(problem)
                    .isEqualTo(
                        "etc/io.kustomersync.cfg: kustomer.page-sise is not a setting; did you"
                            + " mean kustomer.page-size?"),
            problem ->
                assertThat(problem)
                    .startsWith("etc/io.kustomersync.cfg: kustomer.api-token is missing; "));
  }

  @Test
  void aContainersDefaultsGiveWayToWhatIsWrittenAndThatToTheEnvironment() {
    Configuration configuration =
        new Configuration(
            "etc/x.cfg",
            Map.of("kustomer.page-size", "10", "kustomer.overlap", "1m", "kustomer.raw", "false"),
            Map.of("kustomer.page-size", "20", "kustomer.overlap", "2m"));

    Settings settings =
        new SettingsReader(
                temp,
                configuration,
                Map.of("KUSTOMER_PAGE_SIZE", "30"),
                Clock.systemUTC(),
                warning -> {})
            .read(List.of(), Set.of());

    assertThat(settings.reading().pageSize()).isEqualTo(30);
    assertThat(settings.reading().overlap()).hasMinutes(2);
    assertThat(settings.columns().raw()).isFalse();
  }

  @Test
  void aContainersDefaultForASinkGivesWayTooAndIsNotMissedWhereThatSinkIsGone() throws IOException {
    Path sinks = Files.createDirectories(temp.resolve("routes/sinks"));
    Files.writeString(sinks.resolve("jsonl.camel.yaml"), "x: '{{kustomer.sink.jsonl.folder:y}}'");
    Map<String, String> defaults =
        Map.of("kustomer.sink.jsonl.folder", "ours", "kustomer.sink.csv.folder", "ours");

    assertThat(sinkOptions(defaults, Map.of()))
        .containsOnly(Map.entry("kustomer.sink.jsonl.folder", "ours"));
    assertThat(sinkOptions(defaults, Map.of("kustomer.sink.jsonl.folder", "mine")))
        .containsOnly(Map.entry("kustomer.sink.jsonl.folder", "mine"));
  }

  private Map<String, String> sinkOptions(
      Map<String, String> defaults, Map<String, String> values) {
    return new SettingsReader(
            temp,
            new Configuration("etc/x.cfg", defaults, values),
            Map.of(),
            Clock.systemUTC(),
            warning -> {})
        .read(List.of(), Set.of())
        .sinks()
        .options()
        .plain();
  }

  private SettingsReader reader(Map<String, String> values, List<String> warnings) {
    return new SettingsReader(
        temp,
        new Configuration("etc/io.kustomersync.cfg", Map.of(), values),
        Map.of(),
        Clock.systemUTC(),
        warnings::add);
  }
}
