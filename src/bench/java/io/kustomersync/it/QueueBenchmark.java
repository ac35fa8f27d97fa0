package io.kustomersync.it;

import io.kustomersync.route.RowObjectMapper;
import io.kustomersync.route.SinkPasswords;
import io.kustomersync.route.Variables;
import io.kustomersync.schema.Column;
import io.kustomersync.schema.ColumnType;
import io.kustomersync.schema.TableSchema;
import io.kustomersync.sink.PageInfo;
import io.kustomersync.sink.TablePage;
import io.kustomersync.sink.message.RowMessage;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.main.Main;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.qpid.jms.JmsConnectionFactory;

/**
 * Measures how many rows a second the shipped queue sinks bring to a broker, beside the straight
 * line: the client's own interface, one durable message a row, waiting for the broker's word each
 * time. Same rows, same texts, same broker, taken in turn; docs/evidence/performance.md says how to
 * run it.
 */
public final class QueueBenchmark {

  private static final int PAGE = 500;
  private static final int TEXTS = 18;
  private static final int ROUNDS = 3;
  private static final List<String> SINKS = List.of("jms", "amqp", "kafka");
  private static final TableSchema SCHEMA = new TableSchema("customers", columns());

  /** Brings one page to the broker and returns when it is durable there. */
  private interface Way {
    void send(TablePage page) throws Exception;
  }

  private QueueBenchmark() {}

  /** How many rows a round; 5,000 if not said. */
  public static void main(String[] arguments) throws Exception {
    int rows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5_000;
    Path folder = Files.createTempDirectory("queue-benchmark");
    try (ArtemisServer artemis = new ArtemisServer(folder.resolve("broker"))) {
      String tcp = "tcp://127.0.0.1:" + artemis.port();
      try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(tcp)) {
        jms("jms", rows, factory, Map.of("kustomer.sink.jms.url", tcp));
      }
      String amqp = "amqp://127.0.0.1:" + artemis.port();
      jms("amqp", rows, new JmsConnectionFactory(amqp), Map.of("kustomer.sink.amqp.url", amqp));
    }
    try (KafkaServer kafka = new KafkaServer()) {
      kafka(rows, kafka.brokers());
    }
    System.exit(0); // the brokers leave threads behind
  }

  private static void jms(
      String sink, int rows, ConnectionFactory factory, Map<String, String> settings)
      throws Exception {
    try (Connection connection = factory.createConnection();
        Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
        MessageProducer producer = session.createProducer(session.createQueue("straight"))) {
      producer.setDeliveryMode(DeliveryMode.PERSISTENT);
      Way straight =
          page -> {
            for (RowMessage row : RowMessage.of(page.schema(), page.rows())) {
              TextMessage message = session.createTextMessage(row.text());
              message.setStringProperty("id", row.key());
              message.setStringProperty("table", row.table());
              message.setStringProperty("message_id", row.messageId());
              message.setStringProperty("_AMQ_DUPL_ID", row.messageId());
              message.setLongProperty("rev", row.rev().orElseThrow());
              producer.send(message);
            }
          };
      compare(sink, rows, straight, settings);
    }
  }

  private static void kafka(int rows, String brokers) throws Exception {
    Map<String, Object> straightSettings =
        Map.of("bootstrap.servers", brokers, "acks", "all", "enable.idempotence", true);
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(straightSettings, new StringSerializer(), new StringSerializer())) {
      Way straight =
          page -> {
            for (RowMessage row : RowMessage.of(page.schema(), page.rows())) {
              producer.send(new ProducerRecord<>("straight", row.key(), row.text())).get();
            }
          };
      compare("kafka", rows, straight, Map.of("kustomer.sink.kafka.brokers", brokers));
    }
  }

  private static void compare(String sink, int rows, Way straight, Map<String, String> settings)
      throws Exception {
    try (Camel camel = new Camel(sink, settings)) {
      int rev = 1 + 100 * SINKS.indexOf(sink); // else the broker drops what the one before sent
      for (int round = 0; round <= ROUNDS; round++) { // the first only warms up
        double reference = measure(straight, rows, rev++);
        double ours = measure(camel::send, rows, rev++);
        if (round > 0) {
          System.out.printf(
              Locale.ROOT,
              "%-6s a blocking send a row %,8.0f rows/s   sink %,8.0f rows/s   ratio %.1f%n",
              sink,
              reference,
              ours,
              ours / reference);
        }
      }
    }
  }

  private static double measure(Way way, int rows, int rev) throws Exception {
    long taken = 0;
    for (int from = 0; from < rows; from += PAGE) {
      TablePage page = page(from, rev);
      long begin = System.nanoTime();
      way.send(page);
      taken += System.nanoTime() - begin;
    }
    return rows / (taken / 1e9);
  }

  private static List<Column> columns() {
    List<Column> columns = new ArrayList<>();
    columns.add(new Column("id", ColumnType.TEXT, "$id"));
    IntStream.range(0, TEXTS)
        .forEach(i -> columns.add(new Column("text" + i, ColumnType.TEXT, "attributes.t" + i)));
    columns.add(new Column("updated_at", ColumnType.TIMESTAMP, "attributes.updatedAt"));
    columns.add(new Column("rev", ColumnType.INTEGER, "attributes.rev"));
    columns.add(new Column("deleted", ColumnType.BOOLEAN, "$deleted"));
    columns.add(new Column("raw", ColumnType.JSON, "$raw"));
    return columns;
  }

  private static TablePage page(int from, long rev) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = from; i < from + PAGE; i++) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("id", String.format(Locale.ROOT, "%024x", i));
      for (int text = 0; text < TEXTS; text++) {
        row.put("text" + text, "value " + text + " of row " + i);
      }
      row.put("updated_at", OffsetDateTime.parse("2025-03-01T09:00:00Z").plusSeconds(rev));
      row.put("rev", rev);
      row.put("deleted", false);
      row.put("raw", "{\"type\":\"customer\",\"text\":\"" + "abcdefghij".repeat(90) + "\"}");
      rows.add(row);
    }
    return new TablePage(SCHEMA, rows);
  }

  /** The shipped route and nothing else. */
  private static final class Camel implements AutoCloseable {
    private final Main main = new Main();
    private final ProducerTemplate template;
    private final String sink;

    Camel(String sink, Map<String, String> settings) throws Exception {
      this.sink = sink;
      main.configure()
          .withRoutesIncludePattern(
              "file:" + Path.of("routes/sinks", sink + ".camel.yaml").toAbsolutePath())
          .withBasePackageScanEnabled(false)
          .withShutdownTimeout(5);
      main.setDefaultPropertyPlaceholderLocation("false");
      settings.forEach(main::addInitialProperty);
      main.addInitialProperty("kustomer.home", "");
      SinkPasswords none = (name, option) -> Optional.empty();
      main.bind("sinkPasswords", none);
      main.bind("clock", Clock.systemUTC());
      main.bind("objectMapper", RowObjectMapper.create());
      main.start();
      CamelContext context = main.getCamelContext();
      template = context.createProducerTemplate();
    }

    void send(TablePage page) throws Exception {
      PageInfo info = page.page();
      Exchange sent =
          template.send(
              "direct:sink-" + sink,
              exchange -> {
                exchange.setVariable(Variables.RESOURCE, "default");
                exchange.setVariable(Variables.TABLE, page.schema().table());
                exchange.setVariable(Variables.SCHEMA, page.schema());
                exchange.setVariable(Variables.PAGE, info);
                exchange.getMessage().setBody(page.rows());
              });
      if (sent.getException() != null) {
        throw sent.getException();
      }
    }

    @Override
    public void close() {
      main.stop();
    }
  }
}
