package io.kustomersync.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class MessagesTest {

  private final CamelContext context = new DefaultCamelContext(false);
  private final Exchange exchange = new DefaultExchange(context);

  @Test
  void whatCamelPutsAroundAFailureIsLeftOut() {
    Exception shelf = new IOException("the shelf is away");
    Exception multicast =
        new CamelExchangeException("Multicast processing failed for number 0", exchange, shelf);

    assertThat(Messages.of(multicast)).isEqualTo("the shelf is away");
    assertThat(Messages.of(new CamelExecutionException("Exception", exchange, multicast)))
        .isEqualTo("the shelf is away");
    assertThat(Messages.of(new RuntimeCamelException(multicast))).isEqualTo("the shelf is away");
  }

  @Test
  void aFailureWithoutWordsKeepsItsName() {
    Exception multicast =
        new CamelExchangeException(
            "Multicast processing failed for number 0", exchange, new IllegalStateException());

    assertThat(Messages.of(multicast)).isEqualTo("IllegalStateException");
  }

  @Test
  void whatCamelItselfHasToSayStays() {
    assertThat(Messages.of(new CamelExchangeException("No reply", exchange)))
        .startsWith("No reply");
  }

  @Test
  void ourOwnWordsAndTheirCauseAreBothThere() {
    Exception refused = new ConnectException("Connection refused");

    assertThat(Messages.of(new IllegalStateException("the store can't be read", refused)))
        .isEqualTo("the store can't be read: Connection refused");
    assertThat(Messages.of(new IOException("no answer", new UnknownHostException("nowhere"))))
        .isEqualTo("no answer: unknown host nowhere");
  }
}
