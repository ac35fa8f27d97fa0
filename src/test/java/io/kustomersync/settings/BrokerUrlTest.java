package io.kustomersync.settings;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerUrlTest {

  private static String key(String url) {
    return url.contains("amqp") ? "kustomer.sink.amqp.url" : "kustomer.sink.jms.url";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tcp://localhost:61616",
        "tcp://mq.example.org:61616?sslEnabled=true",
        "ssl://[::1]:61617",
        "(tcp://a:61616,tcp://b:61616)?ha=true&reconnectAttempts=3",
        "amqp://localhost:5672",
        "amqps://mq.example.org:5671?amqp.idleTimeout=60000",
        "failover:(amqp://a:5672,amqps://b:5671)?failover.maxReconnectAttempts=2"
      })
  void takesTheAddressOfABroker(String url) {
    assertThatCode(() -> BrokerUrl.check(key(url), url)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tcp://localhost:61616?blockOnDurableSend=false",
        "tcp://localhost:61616?BLOCKONDURABLESEND=false",
        "tcp://localhost:61616?ha=true&producerWindowSize=-1",
        "tcp://localhost:61616?trustAll=true",
        "tcp://localhost:61616?verifyHost=false",
        "tcp://localhost:61616;blockOnDurableSend=false",
        "(tcp://a:61616?blockOnDurableSend=false,tcp://b:61616)",
        "tcp://user:pw@localhost:61616",
        "vm://0",
        "udp://group",
        "jgroups://x",
        "amqp://localhost:5672?jms.forceAsyncSend=true",
        "amqp://localhost:5672?jms.presettlePolicy.presettleAll=true",
        "amqp://localhost:5672?jms.deserializationPolicy.allowList=*",
        "amqps://localhost:5671?transport.trustAll=true",
        "amqps://localhost:5671?transport.verifyHost=false",
        "amqp://localhost:5672?jms.password=x",
        "failover:(amqp://a:5672?jms.forceAsyncSend=true)",
        "discovery:(multicast://amqp)",
        "amqpws://localhost"
      })
  void refusesWhatLetsASendReturnTooEarlyOrSkipsAChecks(String url) {
    assertThatThrownBy(() -> BrokerUrl.check(key(url), url)).isInstanceOf(Refusal.class);
  }

  @Test
  void namesTheOptionAndNotItsValue() {
    assertThatThrownBy(
            () ->
                BrokerUrl.check(
                    "kustomer.sink.jms.url", "tcp://h:1?ha=true&blockOnDurableSend=canary"))
        .hasMessageStartingWith(
            "has the option \"blockOnDurableSend\", which is not among those that keep the sink's"
                + " promise; remove it (allowed: callfailovertimeout, ")
        .hasMessageNotContaining("canary");
  }
}
