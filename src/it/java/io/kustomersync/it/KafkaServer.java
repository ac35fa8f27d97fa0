package io.kustomersync.it;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.test.KafkaClusterTestKit;
import org.apache.kafka.common.test.TestKitNodes;

/** A real Kafka in this process: one broker, one controller. */
final class KafkaServer implements AutoCloseable {

  private final KafkaClusterTestKit cluster;

  KafkaServer() throws Exception {
    cluster =
        new KafkaClusterTestKit.Builder(
                new TestKitNodes.Builder().setNumBrokerNodes(1).setNumControllerNodes(1).build())
            .setConfigProp("offsets.topic.replication.factor", "1")
            .build();
    cluster.format();
    cluster.startup();
    cluster.waitForReadyBrokers();
  }

  String brokers() {
    return cluster.bootstrapServers();
  }

  /** How many producers the broker keeps sequence numbers of. */
  long idempotentProducers(String topic) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers()))) {
      TopicPartition first = new TopicPartition(topic, 0);
      return admin
          .describeProducers(List.of(first))
          .partitionResult(first)
          .get()
          .activeProducers()
          .stream()
          .filter(producer -> producer.lastSequence() >= 0)
          .count();
    }
  }

  List<ConsumerRecord<String, String>> all(String topic) {
    return all(brokers(), topic);
  }

  /** All that the topic holds, oldest first. */
  static List<ConsumerRecord<String, String>> all(String brokers, String topic) {
    Map<String, Object> settings = Map.of("bootstrap.servers", brokers);
    List<ConsumerRecord<String, String>> records = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(Duration.ofMillis(500)).forEach(records::add);
      }
    }
    return records;
  }

  static Map<String, String> headers(ConsumerRecord<String, String> message) {
    return java.util.Arrays.stream(message.headers().toArray())
        .collect(
            Collectors.toMap(
                header -> header.key(),
                header -> new String(header.value(), java.nio.charset.StandardCharsets.UTF_8)));
  }

  @Override
  public void close() {
    try {
      cluster.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
