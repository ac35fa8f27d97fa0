package io.kustomersync.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kustomersync.settings.Settings.Need;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final String TOKEN = "eyJhbGciOi.eyJzdWIi.c2lnbmF0dXJl";

  @TempDir Path home;

  private final List<String> warnings = new ArrayList<>();

  @Test
  void standsOnDefaultsWhenNothingIsSet() {
    Settings settings = read(Map.of());

    assertThat(settings.connection().url()).isEqualTo(URI.create("https://api.kustomerapp.com"));
    assertThat(settings.reading().tables())
        .containsExactly("conversations", "customers", "kobjects");
    assertThat(settings.sinks().names()).containsExactly("database");
    assertThat(settings.reading().schedule()).isEqualTo(new Schedule.Every(Duration.ofMinutes(1)));
    assertThat(settings.reading().pageSize()).isEqualTo(500);
    assertThat(settings.reading().overlap()).isEqualTo(Duration.ofMinutes(5));
    assertThat(settings.connection().budgetShare()).isEqualTo(0.8);
    assertThat(settings.storage().database())
        .isEqualTo(
            new DatabaseAddress(
                "jdbc:h2:file:"
                    + home.resolve("data/kustomer")
                    + ";AUTO_SERVER=TRUE;TRACE_LEVEL_FILE=0",
                "sa",
                Optional.empty()));
    assertThat(settings.storage().checkpoint()).isEqualTo(settings.storage().database());
    assertThat(settings.columns().raw()).isTrue();
    assertThat(settings.connection().resource()).isEqualTo("default");
    assertThat(settings.routes()).isEqualTo(home.resolve("routes"));
    assertThat(settings.connection().maxAnswerSize()).isEqualTo(67_108_864L);
    assertThat(settings.reading().startDate()).isEmpty();
    assertThat(settings.connection().apiToken()).isEmpty();
  }

  @Test
  void letsTheCommandLineOverrideTheEnvironmentAndThatTheFile() throws IOException {
    file("kustomer.page-size=100\nkustomer.overlap=1m\nkustomer.tables=users\n");

    Settings settings =
        read(
            Map.of("KUSTOMER_PAGE_SIZE", "200", "KUSTOMER_OVERLAP", "2m"),
            "kustomer.page-size=300",
            "kustomer.page-size=400");

    assertThat(settings.reading().pageSize()).isEqualTo(400);
    assertThat(settings.reading().overlap()).isEqualTo(Duration.ofMinutes(2));
    assertThat(settings.reading().tables()).containsExactly("users");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
"""
kustomer.start-date=2017-13-01 | "2017-13-01" is not a UTC date-time; write 2017-01-25T00:00:00Z
kustomer.start-date=yesterday | "yesterday" is not a UTC date-time; write 2017-01-25T00:00:00Z
kustomer.start-date=2017-01-25T00:00:00 | "2017-01-25T00:00:00" is not a UTC date-time; write 2017-01-25T00:00:00Z
kustomer.start-date=2017-01-25T02:00:00+02:00 | "2017-01-25T02:00:00+02:00" is not a UTC date-time; write 2017-01-25T00:00:00Z
kustomer.start-date=2026-03-02 | "2026-03-02" is in the future; write a date-time that has passed
kustomer.backfill=lists | "lists" is neither search nor both; write one of them
kustomer.page-size=0 | "0" is not a whole number from 2 to 500; write 500
kustomer.page-size=501 | "501" is not a whole number from 2 to 500; write 500
kustomer.page-size=1 | "1" leaves no room for a new record beside the last one read, which comes again; write 2 to 500
kustomer.overlap=25h | "25h" is longer than a day; write 0s to 24h
kustomer.overlap=-5m | "-5m" is not a length of time; write for example 30s, 5m, 1h or PT5M
kustomer.overlap=5 | "5" is not a length of time; write for example 30s, 5m, 1h or PT5M
kustomer.budget.share=80% | "80%" is not a share above 0 and up to 1; write 0.8
kustomer.budget.share=0 | "0" is not a share above 0 and up to 1; write for example 0.8
kustomer.budget.share=1.01 | "1.01" is not a share above 0 and up to 1; write for example 0.8
kustomer.schedule=4s | "4s" is shorter than 5 s; write 5s or more
kustomer.schedule=often | "often" is neither an interval nor a Quartz cron expression; write for example 1m, PT5M or "0 0/15 * * * ?"
kustomer.schedule=*/5 * * * * | "*/5 * * * *" has 5 fields, a Quartz cron expression has 6 or 7, seconds first; write for example "0 0/15 * * * ?"
kustomer.schedule=0 0 12 1 1 ? 2020 | "0 0 12 1 1 ? 2020" never comes again; write for example "0 0/15 * * * ?"
kustomer.tables=Customers | "Customers" holds what is no name; write for example customers,conversations
kustomer.tables= | "" holds what is no name; write for example customers,conversations
kustomer.tables=users,users | "users,users" names users twice; remove one
kustomer.sinks=../evil | "../evil" holds what is no name; write for example database,files
kustomer.raw=yes | "yes" is neither true nor false; write one of them
kustomer.max-answer-size=1TB | "1TB" is not a size from 1MB to 1GB; write for example 64MB
kustomer.resource=a/b | "a/b" holds what is no name; write a-z, 0-9, _ and - only
kustomer.url=http://api.kustomerapp.com | "http://api.kustomerapp.com" would send the token in the clear: plain http is for localhost, 127.0.0.0/8 and [::1] only; write https://
kustomer.url=https://acme.kustomerapp.com | "https://acme.kustomerapp.com" is the web application, not the API; write https://acme.api.kustomerapp.com
kustomer.url=https://api.kustomerapp.com/v1 | has something behind the host; write https://api.kustomerapp.com
kustomer.url=https://me:pw@api.kustomerapp.com | holds a user or password; leave them out, the token goes into KUSTOMER_API_TOKEN
""")
  void refusesABadValueWithPlaceAndWayOut(String line, String said) throws IOException {
    file("# first\n" + line + "\n");

    String key = line.split("=")[0];
    assertThat(refused(Map.of()))
        .containsExactly("application.properties:2: " + key + " " + said.strip());
  }

  @Test
  void namesTheBrokenFieldOfACronExpression() {
    assertThat(refused(Map.of(), "kustomer.schedule=0 77 * * * ?"))
        .singleElement()
        .asString()
        .startsWith(
            "--set: kustomer.schedule \"0 77 * * * ?\" is not a Quartz cron expression (Minute and"
                + " Second values must be between 0 and 59");
  }

  @Test
  void tellsAllFaultsOfAllPlacesAtOnce() throws IOException {
    file("kustomer.page_size=10\n\nkustomer.raw=maybe\nfoo=1\nkustomer.raw=true\n");

    assertThat(
            refused(
                Map.of(
                    "KUSTOMER_OVERLAP",
                    "x",
                    "KUSTOMER_API_TOKN",
                    "t",
                    "KUSTOMER_TOKEN",
                    "t",
                    "PATH",
                    "/bin"),
                "kustomer.sink=files",
                "oops"))
        .containsExactly(
            "application.properties:1: kustomer.page_size is not a setting; did you mean"
                + " kustomer.page-size?",
            "application.properties:4: foo is not a setting; remove it (all settings stand in the"
                + " application.properties shipped)",
            "application.properties:5: kustomer.raw is set on line 3 already; remove one",
            "environment: KUSTOMER_API_TOKN is not a setting; did you mean KUSTOMER_API_TOKEN?",
            "environment: KUSTOMER_TOKEN is not a setting; did you mean KUSTOMER_API_TOKEN?",
            "--set: kustomer.sink is not a setting; did you mean kustomer.sinks?",
            "--set: what follows is not key=value; write --set kustomer.page-size=500",
            "environment: KUSTOMER_OVERLAP \"x\" is not a length of time; write for example 30s,"
                + " 5m, 1h or PT5M");
  }

  @Test
  void tellsWhatIsMissingForTheCommand() {
    assertThat(refusedFor(EnumSet.allOf(Need.class), Map.of()))
        .containsExactly(
            "application.properties: kustomer.api-token is missing; set the environment variable"
                + " KUSTOMER_API_TOKEN, or name a file that holds it in kustomer.api-token-file",
            "application.properties: kustomer.start-date is missing; write from when on to read,"
                + " for example kustomer.start-date=2017-01-25T00:00:00Z");
  }

  @ParameterizedTest
  @CsvSource({
    "2017-01-25, 2017-01-25T00:00:00Z",
    "2017-01-25T10:00:00Z, 2017-01-25T10:00:00Z",
    "2017-01-25T10:00:00.123Z, 2017-01-25T10:00:00.123Z"
  })
  void takesADateOrAUtcDateTimeAsStart(String text, Instant start) {
    assertThat(read(Map.of("KUSTOMER_START_DATE", text)).reading().startDate()).contains(start);
  }

  @ParameterizedTest
  @CsvSource({"30s, PT30S", "1m, PT1M", "PT5M, PT5M", "1h30m, PT1H30M", "2d, PT48H"})
  void takesShortAndIsoIntervals(String text, Duration interval) {
    assertThat(read(Map.of("KUSTOMER_SCHEDULE", text)).reading().schedule())
        .isEqualTo(new Schedule.Every(interval));
  }

  @Test
  void takesACronExpression() {
    assertThat(read(Map.of("KUSTOMER_SCHEDULE", "0 0/15 * * * ?")).reading().schedule())
        .isEqualTo(new Schedule.Cron("0 0/15 * * * ?"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
"""
``|is empty; put a Kustomer API key there or remove it
two words9|holds white space, which no API key does; copy the key again
Bearer abc9|begins with "Bearer"; put the key alone there
tök9|holds characters that no API key does; copy the key again, without "…" or quotes
""")
  void refusesAMalformedTokenWithoutShowingIt(String token, String said) throws IOException {
    Files.writeString(home.resolve("token"), token + "\n");

    assertThat(refused(Map.of("KUSTOMER_API_TOKEN", token)))
        .containsExactly("environment: KUSTOMER_API_TOKEN " + said);
    assertThat(refused(Map.of("KUSTOMER_API_TOKEN_FILE", "token")))
        .containsExactly(
            "environment: KUSTOMER_API_TOKEN_FILE \"token\" names a file whose content " + said);
  }

  @Test
  void neverShowsASecret() throws IOException {
    file("kustomer.database.password=hunter2\nkustomer.tables=" + TOKEN + "\n");
    assertThat(refused(Map.of("KUSTOMER_API_TOKEN", TOKEN + " x"), "kustomer.tokn=" + TOKEN, TOKEN))
        .hasSize(4)
        .noneMatch(line -> line.contains("eyJ") || line.contains("hunter2"));

    file("kustomer.database.password=hunter2\n");
    Settings settings = read(Map.of("KUSTOMER_API_TOKEN", TOKEN));
    assertThat(settings.toString()).doesNotContain("eyJ", "hunter2").contains("…");
    assertThat(settings.connection().apiToken().orElseThrow().value()).isEqualTo(TOKEN);
    assertThat(settings.storage().checkpoint().password()).contains(new Secret("hunter2"));
    assertThat(warnings).isEmpty();
  }

  @Test
  void warnsOfASecretInTheProcessList() {
    assertThat(read(Map.of(), "kustomer.api-token=" + TOKEN).connection().apiToken())
        .contains(new Secret(TOKEN));
    assertThat(warnings)
        .containsExactly(
            "--set: kustomer.api-token shows in the process list; use the environment variable"
                + " KUSTOMER_API_TOKEN or kustomer.api-token-file instead");
  }

  @Test
  void readsSecretsFromFilesBesideTheSettings() throws IOException {
    Files.writeString(home.resolve("token"), TOKEN + "\n");
    Files.writeString(home.resolve("password"), " with blank \n");
    file("kustomer.api-token-file=token\nkustomer.database.password-file=password\n");

    Settings settings = read(Map.of());

    assertThat(settings.connection().apiToken()).contains(new Secret(TOKEN));
    assertThat(settings.storage().database().password()).contains(new Secret(" with blank "));
  }

  @Test
  void letsTheHigherSourceWinBetweenASecretAndItsFile() throws IOException {
    file("kustomer.api-token-file=nowhere\n");
    assertThat(read(Map.of("KUSTOMER_API_TOKEN", TOKEN)).connection().apiToken())
        .contains(new Secret(TOKEN));

    file("kustomer.api-token-file=nowhere\nkustomer.api-token=x\n");
    assertThat(refused(Map.of()))
        .containsExactly(
            "application.properties:2: kustomer.api-token and kustomer.api-token-file are both"
                + " set; remove one");

    file("kustomer.api-token-file=nowhere\n");
    assertThat(refused(Map.of()))
        .containsExactly(
            "application.properties:1: kustomer.api-token-file \"nowhere\" can't be read; let this"
                + " user read "
                + home.resolve("nowhere"));
  }

  @Test
  void givesTheCheckpointItsOwnPlaceWhenToldSo() {
    Settings settings =
        read(
            Map.of(
                "KUSTOMER_DATABASE_URL", "jdbc:postgresql://db/rows",
                "KUSTOMER_CHECKPOINT_URL", "jdbc:postgresql://db/sync",
                "KUSTOMER_CHECKPOINT_USER", "me",
                "KUSTOMER_CHECKPOINT_PASSWORD", "pw"));

    assertThat(settings.storage().checkpoint())
        .isEqualTo(
            new DatabaseAddress("jdbc:postgresql://db/sync", "me", Optional.of(new Secret("pw"))));
    assertThat(settings.storage().database().url()).isEqualTo("jdbc:postgresql://db/rows");
  }

  @Test
  void passesCamelsOwnSettingsThrough() throws IOException {
    file("camel.main.name=here\n");
    assertThat(read(Map.of("KUSTOMER_SYNC_JAVA_OPTS", "-Xmx1g"), "camel.main.name=there"))
        .extracting(settings -> settings.camel().properties())
        .isEqualTo(Map.of("camel.main.name", "there"));
  }

  @Test
  void countsLinesOverContinuationsAndCarriageReturns() throws IOException {
    file("\uFEFF# one\\\r\nkustomer.tables=users,\\\r\n  teams\r\n\r\nkustomer.raw=?\r\n");

    assertThat(refused(Map.of()))
        .containsExactly(
            "application.properties:5: kustomer.raw \"?\" is neither true nor false; write one of"
                + " them");
    assertThat(refused(Map.of("KUSTOMER_RAW", "true", "KUSTOMER_PAGE_SIZE", "x"))).hasSize(1);
  }

  @Test
  void keepsTerminalEscapesOutOfMessages() {
    assertThat(refused(Map.of(), "kustomer.raw=\u001b[2J\u202eyes"))
        .containsExactly(
            "--set: kustomer.raw \"?[2J?yes\" is neither true nor false; write one of them");
  }

  @Test
  void refusesColumnRulesThatCanNotHold() {
    assertThat(
            refused(
                Map.of(),
                "kustomer.columns.customers.hash=emails",
                "kustomer.columns.*.drop=rev",
                "kustomer.columns.customers.shred=name",
                "kustomer.columns.notes.mask=a-b",
                "kustomer.columns.key=short"))
        .hasSize(4)
        .anySatisfy(said -> assertThat(said).contains("names rev, without which sinks"))
        .anySatisfy(said -> assertThat(said).contains("shred is not a setting; write"))
        .anySatisfy(said -> assertThat(said).contains("holds what is no name"))
        .anySatisfy(said -> assertThat(said).contains("is shorter than 16 characters"));
    assertThat(refused(Map.of(), "kustomer.columns.customers.hash=emails"))
        .singleElement()
        .asString()
        .contains("needs a secret key");
  }

  @Test
  void shippedFileNamesEverySettingAndIsRead() throws IOException {
    String shipped = Files.readString(Path.of("application.properties"));
    assertThat(SettingsCatalogue.keys())
        .allSatisfy(key -> assertThat(shipped).contains("\n#" + key + "="));

    file(shipped);
    // The sinks' options are those that their files use.
    String routes = "kustomer.routes=" + Path.of("routes").toAbsolutePath();
    assertThat(read(Map.of("KUSTOMER_API_TOKEN", TOKEN)).reading().tables()).isNotEmpty();
    String uncommented =
        shipped.replaceAll(
            "(?m)^#(kustomer\\.(?!api-token|columns|database\\.schema|database\\.table-prefix|.*password)\\S+=)",
            "$1");
    file(uncommented);
    Settings spelledOut = read(Map.of(), routes);
    file(shipped);
    Settings defaults = read(Map.of(), routes);
    assertThat(spelledOut)
        .usingRecursiveComparison()
        .ignoringFields("reading.startDate", "sinks.options")
        .isEqualTo(defaults);
  }

  private void file(String text) throws IOException {
    Files.writeString(home.resolve("application.properties"), text);
  }

  private Settings read(Map<String, String> environment, String... sets) {
    return readFor(Set.of(), environment, sets);
  }

  private Settings readFor(Set<Need> needs, Map<String, String> environment, String... sets) {
    return new SettingsReader(home, environment, Clock.fixed(NOW, ZoneOffset.UTC), warnings::add)
        .read(List.of(sets), needs);
  }

  private List<String> refused(Map<String, String> environment, String... sets) {
    return refusedFor(Set.of(), environment, sets);
  }

  private List<String> refusedFor(
      Set<Need> needs, Map<String, String> environment, String... sets) {
    return catchThrowableOfType(SettingsException.class, () -> readFor(needs, environment, sets))
        .problems();
  }
}
