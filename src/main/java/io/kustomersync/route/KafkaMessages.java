package io.kustomersync.route;

import io.kustomersync.sink.message.DestinationName;
import io.kustomersync.sink.message.RowMessage;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.support.DefaultMessage;

/** Turns the page's rows into Kafka records: the body becomes a list of them, sent together. */
public final class KafkaMessages implements Processor {

  private final DestinationName topic;
  private final boolean tombstones;

  /**
   * @param tombstones whether a deleted row has no value, so that a compacted topic forgets it
   */
  public KafkaMessages(String topic, boolean tombstones) {
    this.topic = new DestinationName(topic);
    this.tombstones = tombstones;
  }

  @Override
  public void process(Exchange exchange) {
    List<RowMessage> rows = RowMessages.of(exchange);
    List<Message> messages = new ArrayList<>(rows.size());
    for (RowMessage row : rows) {
      Message message = new DefaultMessage(exchange.getContext());
      message.setHeader(KafkaConstants.OVERRIDE_TOPIC, topic.of(row.table()));
      message.setHeader(KafkaConstants.KEY, row.key());
      message.setHeader("table", row.table());
      message.setHeader("message_id", row.messageId());
      message.setHeader("deleted", Boolean.toString(row.deleted()));
      row.rev().ifPresent(rev -> message.setHeader("rev", Long.toString(rev)));
      row.updatedAt().ifPresent(time -> message.setHeader("updated_at", time));
      message.setBody(tombstones && row.deleted() ? null : row.text());
      messages.add(message);
    }
    exchange.getMessage().setBody(messages);
  }
}
