package io.kustomersync.route;

import io.kustomersync.sink.message.DestinationName;
import io.kustomersync.sink.message.RowMessage;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.jms.JmsConstants;

/** Turns the {@link RowMessage} in the body into a JMS message. */
public final class JmsMessage implements Processor {

  /** Under this name Artemis looks for what tells repetitions. */
  private static final String DUPLICATE_ID = "_AMQ_DUPL_ID";

  private final DestinationName destination;
  private final boolean grouped;

  /**
   * @param grouped whether one consumer gets all versions of a record ({@code JMSXGroupID})
   */
  public JmsMessage(String destination, boolean grouped) {
    this.destination = new DestinationName(destination);
    this.grouped = grouped;
  }

  @Override
  public void process(Exchange exchange) {
    Message message = exchange.getMessage();
    RowMessage row = message.getBody(RowMessage.class);
    message.removeHeaders("*");
    message.setHeader(JmsConstants.JMS_DESTINATION_NAME, destination.of(row.table()));
    message.setHeader("table", row.table());
    message.setHeader("id", row.key());
    message.setHeader("message_id", row.messageId());
    message.setHeader(DUPLICATE_ID, row.messageId());
    message.setHeader("deleted", row.deleted());
    row.rev().ifPresent(rev -> message.setHeader("rev", rev));
    row.updatedAt().ifPresent(time -> message.setHeader("updated_at", time));
    if (grouped) {
      message.setHeader("JMSXGroupID", row.key());
    }
    message.setBody(row.text());
  }
}
