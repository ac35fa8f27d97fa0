package io.kustomersync.route;

import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Makes producers whom an absent broker costs one wait a page. Kafka's own waits anew for each
 * record, up to {@code max.block.ms}, so that a page of 500 rows would take hours to fail.
 */
final class KafkaProducers extends DefaultKafkaClientFactory {

  /** Longer than the rest of a page takes to be refused, shorter than the wait for a retry. */
  private static final Duration AWAY = Duration.ofMillis(700);

  @Override
  @SuppressWarnings("rawtypes")
  public Producer getProducer(Properties settings) {
    return new Impatient(settings);
  }

  private static final class Impatient extends KafkaProducer<Object, Object> {

    private final long longest;
    private volatile long awayUntil = System.nanoTime();
    private volatile Throwable reason;

    Impatient(Properties settings) {
      super(settings);
      long block = Long.parseLong(settings.get(ProducerConfig.MAX_BLOCK_MS_CONFIG).toString());
      longest = Duration.ofMillis(block).toNanos();
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<Object, Object> sent, Callback callback) {
      long begin = System.nanoTime();
      if (begin - awayUntil < 0) {
        TimeoutException away = new TimeoutException(reason.getMessage(), reason);
        if (callback != null) {
          callback.onCompletion(null, away);
        }
        return CompletableFuture.failedFuture(away);
      }
      return super.send(
          sent,
          (metadata, failure) -> {
            long now = System.nanoTime();
            if (failure != null && now - begin >= longest * 9 / 10) {
              reason = failure;
              awayUntil = now + AWAY.toNanos();
            }
            if (callback != null) {
              callback.onCompletion(metadata, failure);
            }
          });
    }
  }
}
