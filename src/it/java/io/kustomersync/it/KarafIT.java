package io.kustomersync.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kustomersync.sandbox.SandboxKustomer;
import io.kustomersync.sandbox.data.JournalEntry;
import io.kustomersync.sandbox.options.SandboxOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
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

  private static final String SETTINGS = "etc/io.kustomersync.cfg";
  private static final String ROUTES = "etc/kustomer-sync/routes/";
  private static final String RENEWED = "Running every 5s";
  private static final String WENT_ON = "Kustomer Sync goes on as it was";
  private static final String OURS =
      "(?i)kustomer-sync|lease|.*(camel|quartz|h2 |hikari|mvstore).*";

  @TempDir static Path temp;
  private static SandboxKustomer kustomer;
  private static KarafServer karaf;

  @BeforeAll
  static void unpackKaraf() throws Exception {
    kustomer =
        SandboxKustomer.start(
            SandboxOptions.demo()
                .count("customers", 1_500)
                .searchLimit(100_000)
                .orgLimit(100_000)
                .searchLag(Duration.ZERO));
    karaf = KarafServer.unpack(temp);
  }

  @AfterAll
  static void stop() throws IOException {
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
    Path kar = KarafServer.built(".kar");
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
    // A page's rows are there a moment before its position is.
    await()
        .atMost(KarafServer.LONG)
        .untilAsserted(
            () ->
                assertThat(karaf.shell("kustomer:status"))
                    .containsPattern("customers +\\S+Z +.* 1,500 +"));
    String said =
        karaf.shell(
            """
            kustomer:check
            kustomer:preview --rows 3 customers
            kustomer:sync users
            kustomer:audit --calls 30 customers
            kustomer:quarantine-list
            kustomer:preview custmers
            """);

    assertThat(said)
        .contains("database: ok", "customers: ok", "display_name")
        .containsPattern("users +done +2\\d +2\\d ")
        .contains("defines no table \"custmers\"; write some of conversations")
        .containsPattern("customers +equal ")
        .contains("The quarantine is empty.");
  }

  @Test
  @Order(3)
  void tabCompletesTheNamesOfTables() throws Exception {
    assertThat(karaf.shell().typed("kustomer:check custo\t\n"))
        .contains("customers: ok")
        .doesNotContain("defines no table");
  }

  @Test
  @Order(4)
  void anAuditInTheShellRepairsWhatIsNotAsInKustomer() throws Exception {
    String lost =
        kustomer.journal("customers").stream()
            .filter(JournalEntry::findable)
            .min(Comparator.comparing(JournalEntry::updatedAt))
            .orElseThrow()
            .id();
    try (Connection connection =
            DriverManager.getConnection(databaseUrl(";AUTO_SERVER=TRUE;IFEXISTS=TRUE"), "sa", "");
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate("delete from customers where id = '" + lost + "'"))
          .isEqualTo(1);
    }

    assertThat(karaf.shell("kustomer:audit customers"))
        .containsPattern("customers +missing +" + lost)
        .contains("kustomer:audit did not go well, see above");
    assertThat(karaf.shell("kustomer:audit --repair customers"))
        .containsPattern("customers +repaired ");
    awaitAll("customers");
  }

  @Test
  @Order(5)
  void routesTheirCountsAndHealthShowInJmx() throws Exception {
    try (JMXConnector jmx = karaf.jmx()) {
      MBeanServerConnection beans = jmx.getMBeanServerConnection();
      ObjectName deliver = one(beans, "org.apache.camel:type=routes,name=\"deliver\",*");
      assertThat((Long) beans.getAttribute(deliver, "ExchangesCompleted")).isPositive();
      assertThat(beans.getAttribute(deliver, "State")).isEqualTo("Started");
      ObjectName health = one(beans, "org.apache.camel:type=health,*");
      assertThat(beans.getAttribute(health, "Healthy")).isEqualTo(true);
    }
  }

  private static ObjectName one(MBeanServerConnection beans, String pattern) throws Exception {
    Set<ObjectName> found = beans.queryNames(new ObjectName(pattern), null);
    assertThat(found)
        .as(pattern + " among " + beans.queryNames(new ObjectName("org.apache.camel:*"), null))
        .hasSize(1);
    return found.iterator().next();
  }

  @Test
  @Order(6)
  void savedSettingsTakeEffectAndWrongOnesDoNot() throws Exception {
    karaf.append(SETTINGS, "kustomer.tables = customers,companies");
    awaitAll("companies");

    karaf.awaitNewLog(WENT_ON, () -> karaf.append(SETTINGS, "kustomer.page-size = 0"));

    assertThat(karaf.log(SETTINGS + ": kustomer.page-size \"0\" is not a whole number from 2 to"))
        .isNotEmpty();
    change("customers");
    awaitAll("customers");
    karaf.awaitNewLog(RENEWED, () -> karaf.append(SETTINGS, "kustomer.page-size = 500"));
  }

  @Test
  @Order(7)
  void aBrokenRouteLeavesWhatRunsAndIsNamedWithItsLine() throws Exception {
    Path file = karaf.file(ROUTES + "deliver.camel.yaml");
    String good = Files.readString(file);
    long split = good.lines().takeWhile(text -> !text.equals("        - split:")).count() + 1;
    long id = good.lines().takeWhile(text -> !text.equals("    id: deliver")).count() + 1;

    karaf.awaitNewLog(
        WENT_ON,
        () -> Files.writeString(file, good.replace("        - split:", "        - splat:")));
    // Below the "s" of "splat", and below the second colon.
    assertThat(karaf.log("deliver.camel.yaml, line " + split + ", column 11:")).hasSize(1);
    karaf.awaitNewLog(
        WENT_ON,
        () -> Files.writeString(file, good.replace("    id: deliver", "    id: deliver: it")));
    assertThat(karaf.log("deliver.camel.yaml, line " + id + ", column 16:")).hasSize(1);
    change("customers");
    awaitAll("customers");

    karaf.awaitNewLog(RENEWED, () -> Files.writeString(file, good + "# edited\n"));
    change("customers");
    awaitAll("customers");
  }

  @Test
  @Order(8)
  void aSinkOfOnesOwnGetsThePages() throws Exception {
    Path target = karaf.file("mine");
    String mine =
        """
        - route:
            id: sink-mine
            description: The page as one text file
            from:
              uri: direct:sink-mine
              steps:
                - setBody:
                    expression:
                      simple:
                        expression: "${body}"
                        resultType: String
                - to:
                    uri: file
                    parameters:
                      directoryName: %s
                      fileName: "${variable.table}-${variable.page.id}.txt"
        """
            .formatted(target);
    karaf.awaitNewLog(
        RENEWED, () -> Files.writeString(karaf.file(ROUTES + "sinks/mine.camel.yaml"), mine));
    karaf.awaitNewLog(RENEWED, () -> karaf.append(SETTINGS, "kustomer.sinks = database,mine"));

    String id = change("customers");
    await().atMost(KarafServer.LONG).until(() -> Files.isDirectory(target));

    awaitAll("customers");
    try (Stream<Path> files = Files.list(target)) {
      assertThat(files.toList()).anySatisfy(file -> assertThat(file).content().contains(id));
    }
  }

  @Test
  @Order(9)
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

    karaf.awaitNoThread(OURS);
    // Not the way others get in while it runs: this needs the file for itself.
    try (Connection alone = DriverManager.getConnection(databaseUrl(""), "sa", "")) {
      assertThat(alone.isValid(5)).isTrue();
    }

    change("customers");
    long before = kustomer.requestCount();
    Path newer = temp.resolve("newer.jar");
    copyWithVersion(KarafServer.built("-karaf.jar"), newer, "99.0.0");
    karaf.awaitNewLog(
        RENEWED,
        () -> karaf.shell("bundle:update %s %s\nbundle:start %s".formatted(id, newer.toUri(), id)));

    awaitAll("customers");
    // From the start it would be more: 1,500 customers alone are at least three pages.
    assertThat(kustomer.requestCount() - before).isLessThan(60);
    assertThat(karaf.shell("bundle:list")).contains("99.0.0");
    assertThat(karaf.file(ROUTES + "deliver.camel.yaml")).content().endsWith("# edited\n");
    assertThat(karaf.file(ROUTES + "deliver.camel.yaml.new"))
        .hasSameTextualContentAs(Path.of("routes/deliver.camel.yaml"));
  }

  @Test
  @Order(10)
  void nothingIsLostOrDoubledWhenTheContainerIsKilled() throws Exception {
    AtomicBoolean killed = new AtomicBoolean();
    long begin = kustomer.requestCount();
    kustomer.onRequest(
        number -> {
          if (number > begin + 3 && killed.compareAndSet(false, true)) {
            karaf.kill();
          }
        });
    kustomer.update("customers", 1_400, Instant.now());
    await().atMost(KarafServer.LONG).untilTrue(killed);
    kustomer.onRequest(number -> {});
    kustomer.delete("customers", 5, Instant.now());

    karaf.awaitNewLog(RENEWED, karaf::start);

    awaitAll("customers");
    assertThat(kustomer.violations()).isEmpty();
  }

  @Test
  @Order(11)
  void uninstalledItIsGone() throws Exception {
    karaf.shell("feature:uninstall kustomer-sync");

    assertThat(karaf.shell("bundle:list")).doesNotContain("Kustomer Sync");
    karaf.awaitNoThread(OURS);
    assertThat(karaf.file(ROUTES + "sinks/mine.camel.yaml")).exists();
  }

  private static String change(String kind) {
    return kustomer.create(kind, 1, Instant.now()).get(0);
  }

  /**
   * The table holds what Kustomer does: each record once, in its newest version. Only while Karaf
   * has the database open: else this process would take it.
   */
  private static void awaitAll(String table) {
    Versions.awaitIn(
        databaseUrl(";AUTO_SERVER=TRUE;IFEXISTS=TRUE"), "sa", table, Versions.of(kustomer, table));
  }

  private static String databaseUrl(String parameters) {
    return "jdbc:h2:file:" + karaf.file("kustomer-sync/kustomer") + parameters;
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
