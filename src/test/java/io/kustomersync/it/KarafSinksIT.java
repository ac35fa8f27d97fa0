package io.kustomersync.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.kustomersync.it.client.FactoryBundle;
import io.kustomersync.sandbox.Klass;
import io.kustomersync.sandbox.SandboxKustomer;
import io.kustomersync.sandbox.SandboxOptions;
import io.kustomersync.sink.TestServer;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SETTINGS = "etc/io.kustomersync.cfg";
  private static final String RENEWED = "Running every 5s";
  private static final Path TOOLS = Path.of("target/karaf-it").toAbsolutePath();

  /** Threads of ours, and of the clients inside: queues, Kafka, databases. */
  private static final String OURS =
      "(?i)kustomer-sync|lease|.*(camel|quartz|h2 |hikari|mvstore|kafka|artemis|activemq|qpid|amqp|netty"
          + "|nioeventloop|epollevent|jmspool|mariadb|postgresql).*";

  @TempDir static Path temp;
  private static SandboxKustomer kustomer;
  private static TestServer postgres;
  private static ArtemisServer broker;
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
    kafka = new KafkaServer();
    karaf.start();
  }

  @AfterAll
  static void stop() throws IOException {
    if (karaf != null) {
      karaf.close();
    }
    for (AutoCloseable server : new AutoCloseable[] {kafka, broker, postgres, kustomer}) {
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

    karaf.awaitNewLog(
        "kustomer.api-token is missing",
        () ->
            karaf.shell(
                "feature:repo-add mvn:io.kustomersync/kustomer-sync/%s/xml/features\nfeature:install kustomer-sync"
                    .formatted(version)));

    assertThat(karaf.file(SETTINGS))
        .hasSameTextualContentAs(Path.of("src/main/karaf/io.kustomersync.cfg"));
    assertThat(karaf.log("Kustomer Sync does not run, until the above is corrected")).isNotEmpty();
  }

  @Test
  @Order(2)
  void everyShippedSinkHasWhatKustomerHas() throws Exception {
    Files.writeString(karaf.file("etc/token"), "sandbox-token\n");
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
      assertThat(ofLines("kustomer-sync/jsonl/" + table)).isEqualTo(truth);
      assertThat(ofCsv("kustomer-sync/csv/" + table)).isEqualTo(truth);
      assertThat(ofQueue("kustomer." + table)).isEqualTo(truth);
      assertThat(ofQueue("amqp." + table)).isEqualTo(truth);
      assertThat(ofTopic("kustomer." + table)).isEqualTo(truth);
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
    String url = "127.0.0.1:" + broker.port();
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
    Files.writeString(
        karaf.file("etc/org.ops4j.datasource-warehouse.cfg"),
        """
        osgi.jdbc.driver.name = PostgreSQL JDBC Driver
        dataSourceName = warehouse
        url = %s
        user = %s
        """
            .formatted(postgresUrl(), postgres.user()));
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

    run(
        "named",
        "kustomer.sinks = database,jms,amqp",
        "kustomer.database.url = osgi:warehouse",
        "kustomer.database.schema = warehouse",
        "kustomer.sink.jms.url = osgi:artemis",
        "kustomer.sink.jms.destination = of-jakarta.<table>",
        "kustomer.sink.amqp.url = osgi:qpid",
        "kustomer.sink.amqp.destination = of-javax.<table>");

    List<String> truth = Versions.of(kustomer, "customers");
    Versions.awaitIn(postgresUrl(), postgres.user(), "warehouse.customers", truth);
    assertThat(ofQueue("of-jakarta.customers")).isEqualTo(truth);
    assertThat(ofQueue("of-javax.customers")).isEqualTo(truth);
    assertThat(karaf.shell("kustomer:check customers")).contains("database: ok", "customers: ok");
  }

  @Test
  @Order(5)
  void aServiceThatIsNotThereIsNamed() throws Exception {
    karaf.awaitNewLog(
        "the container has no javax.sql.DataSource whose osgi.jndi.service.name or dataSourceName"
            + " is \"nowhere\"",
        () -> settings("nowhere", "kustomer.database.url = osgi:nowhere"));
    settings(
        "no-broker",
        "kustomer.sinks = jms",
        "kustomer.retries = 0",
        "kustomer.database.url = osgi:warehouse",
        "kustomer.sink.jms.url = osgi:nobody");

    await()
        .atMost(KarafServer.LONG)
        .untilAsserted(
            () ->
                assertThat(karaf.shell("kustomer:status"))
                    .contains(
                        "the container has no JMS ConnectionFactory whose osgi.jndi.service.name is"
                            + " \"nobody\""));
  }

  @Test
  @Order(6)
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
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(karaf.threads()).noneMatch(name -> name.matches(OURS)));
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

  private static List<String> ofLines(String table) throws IOException {
    List<String> versions = new ArrayList<>();
    for (Path file : listed(karaf.file(table))) {
      for (String line : Files.readAllLines(file)) {
        JsonNode row = JSON.readTree(line);
        versions.add(
            Versions.of(
                row.path("id").asText(),
                row.path("rev").asLong(),
                row.path("deleted").asBoolean()));
      }
    }
    return versions.stream().sorted().toList();
  }

  private static List<String> ofCsv(String table) throws IOException {
    List<String> versions = new ArrayList<>();
    for (Path file : listed(karaf.file(table))) {
      new CsvMapper()
          .readerForMapOf(String.class)
          .with(CsvSchema.emptySchema().withHeader())
          .<Map<String, String>>readValues(file.toFile())
          .forEachRemaining(
              row ->
                  versions.add(
                      Versions.of(
                          row.get("id"),
                          Long.parseLong(row.get("rev")),
                          Boolean.parseBoolean(row.get("deleted")))));
    }
    return versions.stream().sorted().toList();
  }

  /** As a reader should: only what the manifest lists. */
  private static List<Path> listed(Path table) throws IOException {
    List<Path> files = new ArrayList<>();
    for (String line : Files.readAllLines(table.resolve("manifest.jsonl"))) {
      files.add(table.resolve(JSON.readTree(line).path("file").asText()));
    }
    return files;
  }

  private static List<String> ofQueue(String queue) throws JMSException {
    List<String> versions = new ArrayList<>();
    for (Message message : broker.drain(queue)) {
      versions.add(
          Versions.of(
              message.getStringProperty("id"),
              message.getLongProperty("rev"),
              message.getBooleanProperty("deleted")));
    }
    return versions.stream().sorted().toList();
  }

  private static List<String> ofTopic(String topic) {
    return kafka.all(topic).stream()
        .map(
            message -> {
              Map<String, String> headers = KafkaServer.headers(message);
              return Versions.of(
                  message.key(),
                  Long.parseLong(headers.get("rev")),
                  Boolean.parseBoolean(headers.get("deleted")));
            })
        .sorted()
        .toList();
  }

  private static String postgresUrl() {
    return postgres.url().replaceFirst("[?].*", "");
  }

  /** Those of Karaf: this test's own come from another process. */
  private static long postgresConnections() throws SQLException {
    try (Connection connection = DriverManager.getConnection(postgresUrl(), postgres.user(), "");
        ResultSet count =
            connection
                .createStatement()
                .executeQuery(
                    "select count(*) from pg_stat_activity where backend_type = 'client backend'"
                        + " and pid <> pg_backend_pid()")) {
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
