package io.kustomersync.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kustomersync.it.client.FactoryBundle;
import io.kustomersync.sandbox.SandboxKustomer;
import io.kustomersync.sandbox.options.Klass;
import io.kustomersync.sandbox.options.SandboxOptions;
import io.kustomersync.sink.database.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The feature from a Maven repository, in a Karaf from its archive, with every sink that is
 * shipped, then with what the container has: one container's life, in this order.
 */
@TestMethodOrder(OrderAnnotation.class)
class KarafSinksIT {

  private static final String SETTINGS = "etc/io.kustomersync.cfg";
  private static final String RENEWED = "Running every 5s";
  private static final String WAITS = "Kustomer Sync waits, and starts by itself";
  private static final String PASSWORD = "a-password-of-the-broker";
  private static final Path TOOLS = Path.of("target/karaf-it").toAbsolutePath();

  /** Threads of ours, and of the clients inside: queues, Kafka, databases. */
  private static final String OURS =
      "(?i)kustomer-sync|lease|.*(camel|quartz|h2 |hikari|mvstore|kafka|artemis|activemq|qpid|amqp|netty"
          + "|nioeventloop|epollevent|jmspool|mariadb|postgresql).*";

  @TempDir static Path temp;
  private static SandboxKustomer kustomer;
  private static TestServer postgres;
  private static ArtemisServer broker;
  private static ArtemisServer guarded;
  private static KafkaServer kafka;
  private static KarafServer karaf;

  @BeforeAll
  static void start() throws Exception {
    Path repository = unpackRepository();
    karaf = KarafServer.unpack(temp, "file:" + repository + "@id=built@snapshots");
    kustomer =
        SandboxKustomer.start(
            SandboxOptions.demo()
                .count("customers", 700)
                .klasses(Klass.of("order", "enabled", 300))
                .searchLimit(100_000)
                .orgLimit(100_000)
                .searchLag(Duration.ZERO));
    postgres = TestServer.postgres();
    broker = new ArtemisServer(temp.resolve("broker"));
    guarded = ArtemisServer.guarded(temp.resolve("guarded"), "kustomer", PASSWORD);
    kafka = new KafkaServer();
    Files.writeString(karaf.file("etc/token"), "sandbox-token\n");
    karaf.start();
  }

  @AfterAll
  static void stop() throws IOException {
    if (karaf != null) {
      karaf.close();
    }
    for (AutoCloseable server : new AutoCloseable[] {kafka, guarded, broker, postgres, kustomer}) {
      if (server != null) {
        try {
          server.close();
        } catch (Exception e) {
          throw new IOException(e);
        }
      }
    }
  }

  @Test
  @Order(1)
  void theFeatureBringsItsSettingsAndWaitsForThem() throws Exception {
    String version = version();
    karaf.awaitCommand("feature:install");

    karaf.awaitNewLog(
        "Kustomer Sync does not run, until the above is corrected",
        () ->
            karaf.shell(
                "feature:repo-add mvn:io.kustomersync/kustomer-sync/%s/xml/features\nfeature:install kustomer-sync"
                    .formatted(version)));

    assertThat(karaf.file(SETTINGS))
        .hasSameTextualContentAs(Path.of("src/main/karaf/io.kustomersync.cfg"));
    assertThat(karaf.log("kustomer.api-token is missing")).isNotEmpty();
  }

  @Test
  @Order(2)
  void everyShippedSinkHasWhatKustomerHas() throws Exception {
    run(
        "all",
        "kustomer.sinks = database,jsonl,csv,jms,amqp,kafka",
        "kustomer.database.url = " + postgresUrl(),
        "kustomer.database.user = " + postgres.user(),
        "kustomer.sink.jms.url = tcp://127.0.0.1:" + broker.port(),
        "kustomer.sink.amqp.url = amqp://127.0.0.1:" + broker.port(),
        "kustomer.sink.amqp.destination = amqp.<table>",
        "kustomer.sink.kafka.brokers = " + kafka.brokers());

    for (String table : List.of("customers", "kobject_order")) {
      List<String> truth = Versions.of(kustomer, table);
      Versions.awaitIn(postgresUrl(), postgres.user(), table, truth);
      assertThat(SinkContents.ofLines(karaf.file("kustomer-sync/jsonl/" + table))).isEqualTo(truth);
      assertThat(SinkContents.ofCsv(karaf.file("kustomer-sync/csv/" + table))).isEqualTo(truth);
      assertThat(SinkContents.ofQueue(broker, "kustomer." + table)).isEqualTo(truth);
      assertThat(SinkContents.ofQueue(broker, "amqp." + table)).isEqualTo(truth);
      assertThat(SinkContents.ofTopic(kafka, "kustomer." + table)).isEqualTo(truth);
    }
  }

  @Test
  @Order(3)
  void mariaDbIsWrittenToo() throws Exception {
    try (TestServer mariadb = TestServer.mariadb()) {
      settings(
          "mariadb",
          "kustomer.database.url = " + mariadb.url(),
          "kustomer.database.user = " + mariadb.user());

      Versions.awaitIn(
          mariadb.url(), mariadb.user(), "customers", Versions.of(kustomer, "customers"));
      run(
          "between",
          "kustomer.database.url = " + postgresUrl(),
          "kustomer.database.user = " + postgres.user());
    }
  }

  @Test
  @Order(4)
  void theContainersOwnDataSourceAndConnectionFactoriesAreUsedByName() throws Exception {
    String url = "127.0.0.1:" + guarded.port();
    Path artemis =
        new FactoryBundle(
                "artemis",
                "jakarta.jms.ConnectionFactory",
                "org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory",
                "tcp://" + url + "?useGlobalPools=false",
                "",
                FactoryBundle.ofClassPath(
                    "(artemis-(commons|core-client|jakarta-client|selector)|netty|jakarta.jms"
                        + "|commons-beanutils|commons-logging|commons-collections).*"))
            .writeTo(temp);
    Path qpid =
        new FactoryBundle(
                "qpid",
                "javax.jms.ConnectionFactory",
                "org.apache.qpid.jms.JmsConnectionFactory",
                "amqp://" + url,
                ",javax.jms",
                Stream.concat(
                        Stream.of(TOOLS.resolve("qpid-jms-client-1.14.0.jar")),
                        FactoryBundle.ofClassPath("(netty|proton-j).*").stream())
                    .toList())
            .writeTo(temp);
    warehouseIs(postgresUrl());
    StringBuilder install = new StringBuilder();
    for (Path bundle : containersBundles(artemis, qpid)) {
      install.append("bundle:install -s ").append(bundle.toUri()).append('\n');
    }
    karaf.shell(install.toString());
    // pax-jdbc-config makes the service in a thread of its own
    await()
        .atMost(KarafServer.LONG)
        .untilAsserted(
            () ->
                assertThat(karaf.shell("service:list DataSource"))
                    .contains("dataSourceName = warehouse"));

    Files.writeString(karaf.file("etc/broker"), PASSWORD);
    run(
        "named",
        "kustomer.page-size = 100",
        "kustomer.sinks = database,jms,amqp",
        "kustomer.database.url = osgi:warehouse",
        "kustomer.database.schema = warehouse",
        "kustomer.sink.jms.url = osgi:artemis",
        "kustomer.sink.jms.user = kustomer",
        "kustomer.sink.jms.password-file = etc/broker",
        "kustomer.sink.jms.destination = of-jakarta.<table>",
        "kustomer.sink.amqp.url = osgi:qpid",
        "kustomer.sink.amqp.user = kustomer",
        "kustomer.sink.amqp.password-file = etc/broker",
        "kustomer.sink.amqp.destination = of-javax.<table>");

    List<String> truth = Versions.of(kustomer, "customers");
    awaitWarehouse(postgresUrl());
    assertThat(SinkContents.ofQueue(guarded, "of-jakarta.customers")).isEqualTo(truth);
    assertThat(SinkContents.ofQueue(guarded, "of-javax.customers")).isEqualTo(truth);
    assertThat(karaf.shell("kustomer:check customers")).contains("database: ok", "customers: ok");
    assertThat(karaf.log(PASSWORD)).isEmpty();
  }

  @Test
  @Order(5)
  void aRowThatTheDatabaseRefusesIsInTheQuarantineUntilItIsTriedAgain() throws Exception {
    String id = kustomer.create("customers", 1, Instant.now()).get(0);
    awaitWarehouse(postgresUrl());
    inPostgres(
        "alter table warehouse.customers add constraint no_more check (id <> '%s' or rev < 2)"
            .formatted(id));
    kustomer.update("customers", id, Instant.now());

    await()
        .atMost(KarafServer.LONG)
        .untilAsserted(
            () -> assertThat(karaf.shell("kustomer:quarantine-list")).contains(id, "new row for"));
    assertThat(karaf.shell("kustomer:quarantine-retry"))
        .contains("0 went through, 1 stay", "kustomer:quarantine-retry did not go well");
    inPostgres("alter table warehouse.customers drop constraint no_more");
    assertThat(karaf.shell("kustomer:quarantine-retry")).contains("1 went through, 0 stay");

    awaitWarehouse(postgresUrl());
    assertThat(karaf.shell("kustomer:quarantine-list")).contains("The quarantine is empty.");
  }

  @Test
  @Order(6)
  void whatTheContainerTakesAwayIsWaitedFor() throws Exception {
    for (String theirs :
        List.of("org.ops4j.pax.jdbc.config", "it.factory.artemis it.factory.qpid")) {
      karaf.awaitNewLog(WAITS, () -> karaf.shell("bundle:stop " + theirs));
      await().atMost(KarafServer.LONG).until(() -> postgresConnections() == 0);
      await().atMost(KarafServer.LONG).until(() -> guarded.connections() == 0);
      List<String> changed = kustomer.update("customers", 20, Instant.now());
      kustomer.delete("customers", 2, Instant.now());

      karaf.awaitNewLog(RENEWED, () -> karaf.shell("bundle:start " + theirs));

      awaitWarehouse(postgresUrl());
      awaitQueued(changed);
    }
  }

  @Test
  @Order(7)
  void whatTheContainerReplacesIsGivenUp() throws Exception {
    inPostgres("create database elsewhere");
    String elsewhere = postgresUrl().replaceFirst("/postgres$", "/elsewhere");

    warehouseIs(elsewhere);

    awaitWarehouse(elsewhere);
    assertThat(postgresConnections()).isZero();
    kustomer.update("customers", 20, Instant.now());
    awaitWarehouse(elsewhere);
    karaf.awaitNewLog(RENEWED, () -> warehouseIs(postgresUrl()));
    awaitWarehouse(postgresUrl());
  }

  @Test
  @Order(8)
  void killedWhileItSyncsItGoesOnWithADataSourceThatComesLater() throws Exception {
    karaf.shell("bundle:start-level org.ops4j.pax.jdbc.config 90");
    AtomicBoolean killed = new AtomicBoolean();
    long begin = kustomer.requestCount();
    kustomer.onRequest(
        number -> {
          if (number > begin + 4 && killed.compareAndSet(false, true)) {
            karaf.kill();
          }
        });
    List<String> changed = kustomer.update("customers", 600, Instant.now());
    kustomer.update("kobject_order", 250, Instant.now());
    await().atMost(KarafServer.LONG).untilTrue(killed);
    kustomer.onRequest(number -> {});
    kustomer.delete("customers", 5, Instant.now());

    // Ours is at 80.
    karaf.replace("etc/config.properties", "(startlevel.beginning)=100", "$1=85");
    karaf.awaitNewLog(WAITS, karaf::start);
    karaf.awaitCommand("system:start-level");
    karaf.awaitNewLog(RENEWED, () -> karaf.shell("system:start-level 100"));

    awaitWarehouse(postgresUrl());
    awaitQueued(changed);
    assertThat(kustomer.violations()).isEmpty();
  }

  @Test
  @Order(9)
  void aServiceThatIsNotThereIsNamed() throws Exception {
    String goesOn = "Kustomer Sync goes on as it was, and takes the new settings when it comes";
    karaf.awaitNewLog(goesOn, () -> settings("nowhere", "kustomer.database.url = osgi:nowhere"));
    karaf.awaitNewLog(
        goesOn,
        () ->
            settings(
                "no-broker",
                "kustomer.sinks = jms",
                "kustomer.database.url = osgi:warehouse",
                "kustomer.sink.jms.url = osgi:nobody"));

    assertThat(
            karaf.log(
                "the container has no javax.sql.DataSource whose osgi.jndi.service.name or"
                    + " dataSourceName is \"nowhere\" (service:list DataSource shows them)"))
        .hasSize(1);
    assertThat(
            karaf.log(
                "the container has no JMS ConnectionFactory whose osgi.jndi.service.name is"
                    + " \"nobody\" (service:list shows them)"))
        .hasSize(1);
  }

  @Test
  @Order(10)
  void stoppedItLeavesNoThreadAndNoConnection() throws Exception {
    run(
        "again",
        "kustomer.sinks = database,jms,amqp,kafka",
        "kustomer.database.url = osgi:warehouse",
        "kustomer.sink.jms.url = tcp://127.0.0.1:" + broker.port(),
        "kustomer.sink.jms.destination = again.jms.<table>",
        "kustomer.sink.amqp.url = amqp://127.0.0.1:" + broker.port(),
        "kustomer.sink.amqp.destination = again.amqp.<table>",
        "kustomer.sink.kafka.brokers = " + kafka.brokers());
    karaf.shell("bundle:uninstall it.factory.artemis it.factory.qpid");
    assertThat(broker.connections()).isPositive();
    assertThat(postgresConnections()).isPositive();

    karaf.shell("feature:uninstall kustomer-sync");

    assertThat(karaf.shell("bundle:list")).doesNotContain("Kustomer Sync");
    await().atMost(KarafServer.LONG).until(() -> broker.connections() == 0);
    await().atMost(KarafServer.LONG).until(() -> postgresConnections() == 0);
    karaf.awaitNoThread(OURS);
    assertThat(karaf.file("etc/kustomer-sync/routes/sinks/jms.camel.yaml")).exists();
    assertThat(kustomer.violations()).isEmpty();
  }

  /** A new resource: from the start date again. */
  private static void settings(String resource, String... lines) throws IOException {
    Files.writeString(
        karaf.file(SETTINGS),
        """
        kustomer.url = %s
        kustomer.api-token-file = etc/token
        kustomer.start-date = 2017-01-25
        kustomer.schedule = 5s
        kustomer.tables = customers,kobject_order
        kustomer.resource = %s
        %s
        """
            .formatted(kustomer.url(), resource, String.join("\n", lines)));
  }

  /** Waits until every sink has everything. */
  private static void run(String resource, String... lines) throws IOException {
    karaf.awaitNewLog(RENEWED, () -> settings(resource, lines));
    assertThat(karaf.shell("kustomer:sync"))
        .containsPattern("customers +done")
        .containsPattern("kobject_order +done");
  }

  /** Waits until both queues have the newest versions of these. */
  private static void awaitQueued(List<String> ids) {
    List<String> newest =
        Versions.of(kustomer, "customers").stream()
            .filter(version -> ids.contains(version.split(" ")[0]))
            .toList();
    for (String queue : List.of("of-jakarta.customers", "of-javax.customers")) {
      Set<String> came = new HashSet<>();
      await()
          .atMost(KarafServer.LONG)
          .untilAsserted(
              () -> {
                came.addAll(SinkContents.ofQueue(guarded, queue));
                assertThat(came).containsAll(newest);
              });
    }
  }

  /** The DataSource "warehouse" of pax-jdbc. */
  private static void warehouseIs(String url) throws IOException {
    Files.writeString(
        karaf.file("etc/org.ops4j.datasource-warehouse.cfg"),
        """
        osgi.jdbc.driver.name = PostgreSQL JDBC Driver
        dataSourceName = warehouse
        url = %s
        user = %s
        """
            .formatted(url, postgres.user()));
  }

  private static void awaitWarehouse(String url) {
    for (String table : List.of("customers", "kobject_order")) {
      Versions.awaitIn(url, postgres.user(), "warehouse." + table, Versions.of(kustomer, table));
    }
  }

  private static void inPostgres(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(postgresUrl(), postgres.user(), "");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String postgresUrl() {
    return postgres.url().replaceFirst("[?].*", "");
  }

  /** Those of Karaf to the database that the test begins with. */
  private static long postgresConnections() throws SQLException {
    try (Connection connection = DriverManager.getConnection(postgresUrl(), postgres.user(), "");
        ResultSet count =
            connection
                .createStatement()
                .executeQuery(
                    "select count(*) from pg_stat_activity where backend_type = 'client backend'"
                        + " and datname = current_database() and pid <> pg_backend_pid()")) {
      count.next();
      return count.getLong(1);
    }
  }

  /** What pax-jdbc and the factories need, in an order in which each can start. */
  private static List<Path> containersBundles(Path... factories) throws IOException {
    List<Path> bundles = new ArrayList<>();
    for (String name :
        List.of(
            "geronimo-jta_1.1_spec",
            "org.osgi.service.jdbc",
            "org.apache.servicemix.bundles.jasypt",
            "postgresql",
            "pax-jdbc-pool-common",
            "pax-jdbc-config",
            "javax.jms-api")) {
      try (Stream<Path> files = Files.list(TOOLS)) {
        bundles.add(
            files
                .filter(file -> file.getFileName().toString().startsWith(name + "-"))
                .findFirst()
                .orElseThrow());
      }
    }
    bundles.addAll(List.of(factories));
    return bundles;
  }

  /** The KAR holds a Maven repository. */
  private static Path unpackRepository() throws IOException {
    try (JarFile kar = new JarFile(KarafServer.built(".kar").toFile())) {
      for (JarEntry entry : java.util.Collections.list(kar.entries())) {
        Path target = temp.resolve("kar").resolve(entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(target);
        } else {
          Files.createDirectories(target.getParent());
          Files.copy(kar.getInputStream(entry), target);
        }
      }
    }
    return temp.resolve("kar/repository");
  }

  private static String version() throws IOException {
    return KarafServer.built(".kar")
        .getFileName()
        .toString()
        .replaceFirst("kustomer-sync-(.*)\\.kar", "$1");
  }
}
