package io.kustomersync.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kustomersync.sandbox.JournalEntry;
import io.kustomersync.sandbox.SandboxKustomer;
import io.kustomersync.sandbox.SandboxOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The KAR as built, in a Karaf from its archive, without network: one container's life from its
 * first start to the bundle's end, in this order.
 */
@TestMethodOrder(OrderAnnotation.class)
class KarafIT {

  private static final Path ARCHIVE = Path.of("target/karaf-it/apache-karaf.tar.gz");
  private static final String SETTINGS = "etc/io.kustomersync.cfg";
  private static final String ROUTES = "etc/kustomer-sync/routes/";
  private static final String RENEWED = "Running every 5s";
  private static final String WENT_ON = "Kustomer Sync goes on as it was";
  private static final Duration LONG = Duration.ofSeconds(120);
  private static final String OURS = "(?i)kustomer-sync|.*(camel|quartz|h2 |hikari|mvstore).*";

  @TempDir static Path temp;
  private static SandboxKustomer kustomer;
  private static KarafServer karaf;

  @BeforeAll
  static void unpackKaraf() throws Exception {
    assumeTrue(Runtime.version().feature() < 24, "Karaf 4.4.10 needs a Java before 24");
    kustomer =
        SandboxKustomer.start(
            SandboxOptions.demo()
                .count("customers", 1_500)
                .searchLimit(100_000)
                .orgLimit(100_000)
                .searchLag(Duration.ZERO));
    karaf = KarafServer.unpack(ARCHIVE.toAbsolutePath(), temp);
  }

  @AfterAll
  static void stop() {
    if (karaf != null) {
      karaf.close();
    }
    if (kustomer != null) {
      kustomer.close();
    }
  }

  @Test
  @Order(1)
  void theKarInTheDeployFolderIsAllItNeeds() throws Exception {
    Path kar = built(".kar");
    Files.copy(kar, karaf.file("deploy").resolve(kar.getFileName()));
    Files.writeString(
        karaf.file(SETTINGS),
        """
        kustomer.url = %s
        kustomer.api-token-file = etc/token
        kustomer.start-date = 2017-01-25
        kustomer.schedule = 5s
        kustomer.tables = customers,kobjects
        """
            .formatted(kustomer.url()));
    Files.writeString(karaf.file("etc/token"), "sandbox-token\n");

    karaf.start();

    awaitAll("customers");
    assertThat(karaf.log("Could not resolve")).isEmpty();
    assertThat(karaf.file(ROUTES + "read-table.camel.yaml"))
        .hasSameTextualContentAs(Path.of("routes/read-table.camel.yaml"));
  }

  @Test
  @Order(2)
  void theShellKnowsTheCommands() {
    String said =
        karaf.shell(
            """
            kustomer:status
            kustomer:check
            kustomer:preview --rows 3 customers
            kustomer:sync users
            kustomer:preview custmers
            """);

    assertThat(said)
        .containsPattern("customers +\\S+Z +.* 1,500 +")
        .contains("database: ok", "customers: ok", "display_name")
        .containsPattern("users +done +2\\d +2\\d ")
        .contains("defines no table \"custmers\"; write some of conversations");
  }

  @Test
  @Order(3)
  void savedSettingsTakeEffectAndWrongOnesDoNot() throws Exception {
    karaf.append(SETTINGS, "kustomer.tables = customers,companies");
    awaitAll("companies");

    awaitNewLog(WENT_ON, () -> karaf.append(SETTINGS, "kustomer.page-size = 0"));

    assertThat(karaf.log(SETTINGS + ": kustomer.page-size \"0\" is not a whole number from 2 to"))
        .isNotEmpty();
    change("customers");
    awaitAll("customers");
    awaitNewLog(RENEWED, () -> karaf.append(SETTINGS, "kustomer.page-size = 500"));
  }

  @Test
  @Order(4)
  void aBrokenRouteLeavesWhatRunsAndIsNamedWithItsLine() throws Exception {
    Path file = karaf.file(ROUTES + "deliver.camel.yaml");
    String good = Files.readString(file);
    awaitNewLog(
        WENT_ON,
        () -> Files.writeString(file, good.replace("        - split:", "        - splat:")));

    assertThat(karaf.log("deliver.camel.yaml")).anyMatch(line -> line.matches(".*line 1\\d.*"));
    change("customers");
    awaitAll("customers");

    awaitNewLog(RENEWED, () -> Files.writeString(file, good + "# edited\n"));
    change("customers");
    awaitAll("customers");
  }

  @Test
  @Order(5)
  void aSinkOfOnesOwnGetsThePages() throws Exception {
    Path target = karaf.file("mine");
    Files.writeString(
        karaf.file(ROUTES + "sinks/mine.camel.yaml"),
        """
        - route:
            id: sink-mine
            description: The page as one JSON file
            from:
              uri: direct:sink-mine
              steps:
                - marshal:
                    json: {}
                - to:
                    uri: file
                    parameters:
                      directoryName: %s
                      fileName: "${variable.table}-${variable.page.id}.json"
        """
            .formatted(target));
    awaitNewLog(RENEWED, () -> karaf.append(SETTINGS, "kustomer.sinks = database,mine"));

    String id = change("customers");
    await().atMost(LONG).until(() -> Files.isDirectory(target));

    awaitAll("customers");
    try (Stream<Path> files = Files.list(target)) {
      assertThat(files.toList()).anySatisfy(file -> assertThat(file).content().contains(id));
    }
  }

  @Test
  @Order(6)
  void aStoppedBundleLeavesNothingBehindAndANewerOneGoesOn() throws Exception {
    String id =
        karaf
            .shell("bundle:id io.kustomersync.kustomer-sync")
            .strip()
            .lines()
            .toList()
            .get(0)
            .strip();
    karaf.shell("bundle:stop " + id);

    assertThat(karaf.threads()).noneMatch(name -> name.matches(OURS));
    // Not the way others get in while it runs: this needs the file for itself.
    try (Connection alone = DriverManager.getConnection(databaseUrl(""), "sa", "")) {
      assertThat(alone.isValid(5)).isTrue();
    }

    change("customers");
    long before = kustomer.requestCount();
    Path newer = temp.resolve("newer.jar");
    copyWithVersion(built("-karaf.jar"), newer, "99.0.0");
    karaf.shell("bundle:update " + id + " " + newer.toUri());
    karaf.shell("bundle:start " + id);

    awaitAll("customers");
    assertThat(karaf.shell("bundle:list")).contains("99.0.0");
    // From the start it would be more: 1,500 customers alone are at least three pages.
    assertThat(kustomer.requestCount() - before).isLessThan(60);
  }

  @Test
  @Order(7)
  void nothingIsLostOrDoubledWhenTheContainerIsKilled() throws Exception {
    AtomicBoolean killed = new AtomicBoolean();
    long begin = kustomer.requestCount();
    kustomer.onRequest(
        number -> {
          if (number > begin + 3 && killed.compareAndSet(false, true)) {
            try {
              karaf.kill();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
        });
    kustomer.update("customers", 1_400, Instant.now());
    await().atMost(LONG).untilTrue(killed);
    kustomer.onRequest(number -> {});
    kustomer.delete("customers", 5, Instant.now());

    karaf.start();

    awaitAll("customers");
    assertThat(kustomer.violations()).isEmpty();
  }

  @Test
  @Order(8)
  void uninstalledItIsGone() throws Exception {
    karaf.shell("feature:uninstall kustomer-sync");

    assertThat(karaf.shell("bundle:list")).doesNotContain("Kustomer Sync");
    assertThat(karaf.threads()).noneMatch(name -> name.matches(OURS));
    assertThat(karaf.file(ROUTES + "sinks/mine.camel.yaml")).exists();
  }

  private interface Change {
    void make() throws IOException;
  }

  private static void awaitNewLog(String text, Change change) throws IOException {
    int before = karaf.log(text).size();
    change.make();
    await().atMost(LONG).until(() -> karaf.log(text).size() > before);
  }

  private static String change(String kind) {
    return kustomer.create(kind, 1, Instant.now()).get(0);
  }

  /** The table holds what Kustomer does: each record once, in its newest version. */
  private static void awaitAll(String table) {
    Set<String> expected =
        kustomer.journal(table).stream()
            .filter(JournalEntry::findable)
            .map(entry -> entry.id() + " " + entry.rev() + " " + entry.deleted())
            .collect(Collectors.toCollection(TreeSet::new));
    await()
        .atMost(LONG)
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(rows(table)).isEqualTo(expected));
  }

  private static Set<String> rows(String table) throws SQLException {
    Set<String> rows = new TreeSet<>();
    try (Connection connection =
            DriverManager.getConnection(databaseUrl(";AUTO_SERVER=TRUE;IFEXISTS=TRUE"), "sa", "");
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery("select id, rev, deleted from " + table)) {
      while (found.next()) {
        rows.add(found.getString(1) + " " + found.getLong(2) + " " + found.getBoolean(3));
      }
    }
    return rows;
  }

  private static String databaseUrl(String parameters) {
    return "jdbc:h2:file:" + karaf.file("kustomer-sync/kustomer") + parameters;
  }

  private static Path built(String suffix) throws IOException {
    try (Stream<Path> files = Files.list(Path.of("target"))) {
      return files.filter(file -> file.toString().endsWith(suffix)).findFirst().orElseThrow();
    }
  }

  private static void copyWithVersion(Path jar, Path copy, String version) throws IOException {
    try (JarInputStream in = new JarInputStream(Files.newInputStream(jar));
        OutputStream out = Files.newOutputStream(copy)) {
      Manifest manifest = in.getManifest();
      manifest.getMainAttributes().put(new Attributes.Name("Bundle-Version"), version);
      try (JarOutputStream target = new JarOutputStream(out, manifest)) {
        for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
          target.putNextEntry(new JarEntry(entry.getName()));
          ((InputStream) in).transferTo(target);
        }
      }
    }
  }
}
