package io.kustomersync.settings;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks where the queue sinks shipped are to send. A broker's client takes options at the end of
 * its URL, and some let a send return before the broker has the message; only options known to
 * leave the promise whole pass.
 */
public final class BrokerUrl {

  /**
   * @param addresses what the URL looks like without its options
   * @param options in lower case
   */
  private record Kind(Pattern addresses, String example, Set<String> options) {}

  private static final String HOST = "//[A-Za-z0-9._\\[\\]:-]+";

  private static final Map<String, Kind> KINDS =
      Map.of(
          "kustomer.sink.jms.url",
          new Kind(
              Pattern.compile(
                  "(?:(?:tcp|ssl):"
                      + HOST
                      + "|\\((?:tcp|ssl):"
                      + HOST
                      + "(?:,(?:tcp|ssl):"
                      + HOST
                      + ")*\\))"),
              "tcp://<host>:61616",
              Set.of(
                  "calltimeout",
                  "callfailovertimeout",
                  "clientfailurecheckperiod",
                  "connectiontimeoutmillis",
                  "connectionttl",
                  "ha",
                  "initialconnectattempts",
                  "keystorepassword",
                  "keystorepath",
                  "keystoretype",
                  "reconnectattempts",
                  "retryinterval",
                  "retryintervalmultiplier",
                  "maxretryinterval",
                  "sslenabled",
                  "tcpnodelay",
                  "truststorepassword",
                  "truststorepath",
                  "truststoretype")),
          "kustomer.sink.amqp.url",
          new Kind(
              Pattern.compile(
                  "(?:amqps?:"
                      + HOST
                      + "|failover:\\(amqps?:"
                      + HOST
                      + "(?:,amqps?:"
                      + HOST
                      + ")*\\))"),
              "amqp://<host>:5672",
              Set.of(
                  "amqp.idletimeout",
                  "amqp.maxframesize",
                  "amqp.saslmechanisms",
                  "amqp.vhost",
                  "failover.initialreconnectdelay",
                  "failover.maxreconnectattempts",
                  "failover.reconnectdelay",
                  "failover.startupmaxreconnectattempts",
                  "jms.clientid",
                  "jms.closetimeout",
                  "transport.connecttimeout",
                  "transport.enabledprotocols",
                  "transport.keystorelocation",
                  "transport.keystorepassword",
                  "transport.keystoretype",
                  "transport.sotimeout",
                  "transport.tcpkeepalive",
                  "transport.truststorelocation",
                  "transport.truststorepassword",
                  "transport.truststoretype")));

  /** What a container's ConnectionFactory is named by: its options are its maker's. */
  public static final String IN_CONTAINER = "osgi:";

  private static final Pattern WHOLE = Pattern.compile("([^?;#]*)(?:\\?([^?#]*))?");

  private BrokerUrl() {}

  /**
   * @param key of a sink's option; any other than a broker's URL passes
   */
  static void check(String key, String value) throws Refusal {
    Kind kind = KINDS.get(key);
    if (kind == null) {
      return;
    }
    if (value.startsWith(IN_CONTAINER)) {
      return; // whoever looks the service up checks its name, and that there is a container
    }
    Matcher url = WHOLE.matcher(value);
    if (value.indexOf('@') >= 0
        || !url.matches()
        || !kind.addresses.matcher(url.group(1)).matches()) {
      throw Refusal.unquoted(
          "is not the address of a broker; write "
              + kind.example
              + ", and user and password into the settings beside it");
    }
    for (String option : (url.group(2) == null ? "" : url.group(2)).split("[&;]")) {
      String name = option.split("=", 2)[0];
      if (!name.isEmpty() && !kind.options.contains(name.toLowerCase(Locale.ROOT))) {
        throw Refusal.unquoted(
            "has the option \""
                + MessageText.shown(name)
                + "\", which is not among those that keep the sink's promise; remove it (allowed: "
                + String.join(", ", new TreeSet<>(kind.options))
                + ")");
      }
    }
  }
}
