package io.kustomersync.settings;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Camel's own settings, those that begin with {@code camel.}: only what can't break a promise
 * (docs/promises.md) passes. Components and data formats that none of our routes uses are the
 * user's; of ours, of {@code camel.main}, {@code camel.ssl} and {@code camel.security} only the
 * options listed here. Immutable.
 *
 * @param properties the keys that begin with {@code camel.}, untouched
 */
public record CamelSettings(Map<String, String> properties) {

  /** What {@code camel.<group>.} may be followed by; nothing of a group that is not here. */
  private static final Map<String, Set<String>> GROUPS =
      Map.of(
          "main",
          Set.of(
              "additionalsensitivekeywords",
              "description",
              "extrashutdowntimeout",
              "jmxenabled",
              "jmxmanagementnamepattern",
              "jmxmanagementstatisticslevel",
              "loadhealthchecks",
              "loadstatisticsenabled",
              "logmask",
              "mdcloggingkeyspattern",
              "name",
              "shutdowntimeout",
              "startupsummarylevel",
              "threadnamepattern",
              "usemdclogging",
              "virtualthreadsenabled"),
          "ssl",
          Set.of(
              "certalias",
              "enabled",
              "keystore",
              "keystorepassword",
              "keystoretype",
              "truststore",
              "truststorepassword"),
          "security",
          Set.of(
              "insecuredevpolicy",
              "insecureserializationpolicy",
              "insecuresslpolicy",
              "policy",
              "secretpolicy"));

  /** Groups that are the user's, each key of them. */
  private static final Set<String> FREE =
      Set.of(
          "faulttolerance",
          "health",
          "language",
          "mdc",
          "metrics",
          "opentelemetry",
          "opentelemetry2",
          "resilience4j",
          "threadpool",
          "variable",
          "vault");

  private static final Set<String> HTTP =
      Set.of(
          "connectionrequesttimeout",
          "connectionsperroute",
          "connectiontimetolive",
          "connecttimeout",
          "maxtotalconnections",
          "proxyauthdomain",
          "proxyauthhost",
          "proxyauthmethod",
          "proxyauthnthost",
          "proxyauthpassword",
          "proxyauthport",
          "proxyauthscheme",
          "proxyauthusername",
          "proxyhost",
          "proxyport",
          "responsetimeout",
          "sotimeout",
          "useglobalsslcontextparameters",
          "usesystemproperties");

  /** What our own routes are made of; others are the user's. */
  private static final Map<String, Set<String>> COMPONENTS =
      Map.of(
          "http", HTTP,
          "https", HTTP,
          "direct", Set.of(),
          "quartz", Set.of(),
          "jms", Set.of("connectionfactory", "password", "username"),
          "kustomer-kafka", Set.of(),
          "bean", Set.of());

  private static final Map<String, Set<String>> DATA_FORMATS =
      Map.of("jackson", Set.of("include", "prettyprint", "timezone"));

  /** Beans that our routes name; one of the same name would stand in for ours. */
  static final Set<String> OUR_BEANS =
      Set.of(
          "acceptPage",
          "amqpConnections",
          "amqpMessage",
          "amqpRows",
          "amqpTransaction",
          "awaitBudget",
          "badRows",
          "budget",
          "checkpoints",
          "clock",
          "containerConnections",
          "csvRows",
          "database",
          "databaseSink",
          "delivered",
          "jmsConnections",
          "jmsMessage",
          "jmsRows",
          "jmsTransaction",
          "jmsWaitingConnections",
          "jsonLines",
          "kafkaMessages",
          "kustomer-kafka",
          "kustomerClient",
          "kustomerHeaders",
          "kustomerToken",
          "lease",
          "makeRows",
          "makeRowsAhead",
          "nextPage",
          "noAnswer",
          "noteFailure",
          "notePoll",
          "noteRetry",
          "objectMapper",
          "openCall",
          "openCheckpoint",
          "openPage",
          "pageRows",
          "polls",
          "quarantine",
          "quarantineBadRows",
          "readAnswer",
          "reading",
          "requireLease",
          "rowToJson",
          "saveCheckpoint",
          "sinkPasswords",
          "stop",
          "tables",
          "writeCsv",
          "writeJsonLines",
          "writeToDatabase");

  /** CVE-2023-25194: Kafka's client runs whatever class stands there. */
  private static final Pattern FOREIGN_LOGIN =
      Pattern.compile(
          "(?<![\\w.$])(?!org\\.apache\\.kafka\\.common\\.security\\.)[\\w.$]*LoginModule\\b");

  public CamelSettings {
    properties = Map.copyOf(properties);
  }

  /**
   * @param key begins with {@code camel.}
   * @throws Refusal when it could break what is promised, or run what nobody meant to run
   */
  static void check(String key, String value) throws Refusal {
    checkLogin(value);
    List<String> parts = List.of(key.split("[.\\[]", 4));
    String group = plain(part(parts, 1));
    String name = part(parts, 2);
    switch (group) {
      case "beans" -> {
        String bean = name.replaceAll("[\\]'\"]", "");
        if (OUR_BEANS.stream().anyMatch(bean::equalsIgnoreCase)) {
          throw Refusal.unquoted(
              "would put another bean in the place of one that our routes use; give it another"
                  + " name");
        }
      }
      case "component" -> option(COMPONENTS.get(name.toLowerCase(Locale.ROOT)), part(parts, 3));
      case "dataformat" -> option(DATA_FORMATS.get(name.toLowerCase(Locale.ROOT)), part(parts, 3));
      case "security" -> {
        option(GROUPS.get(group), name);
        if (!value.strip().equals("fail")) {
          throw Refusal.unquoted(
              "would let Camel start with settings that it holds to be insecure; write fail, or"
                  + " remove it");
        }
      }
      default -> {
        if (!FREE.contains(group)) {
          option(GROUPS.getOrDefault(group, Set.of()), name);
        }
      }
    }
  }

  /**
   * @throws Refusal when the value names a login module that is not Kafka's own
   */
  static void checkLogin(String value) throws Refusal {
    if (FOREIGN_LOGIN.matcher(value).find()) {
      // Not shown: a login module's line holds a password.
      throw Refusal.unquoted(
          "names a login module that is not Kafka's own, which would run with our rights; remove"
              + " it");
    }
  }

  /**
   * @param allowed null when all are
   */
  private static void option(Set<String> allowed, String option) throws Refusal {
    if (allowed != null && !allowed.contains(plain(option))) {
      throw Refusal.unquoted(
          "could break what is promised (docs/promises.md), so it is not passed on to Camel; remove"
              + " it"
              + (allowed.isEmpty()
                  ? ""
                  : " (allowed there: " + String.join(", ", new TreeSet<>(allowed)) + ")"));
    }
  }

  private static String part(List<String> parts, int index) {
    return index < parts.size() ? parts.get(index) : "";
  }

  /** Camel takes {@code trustStore}, {@code trust-store} and {@code truststore} alike. */
  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[-_]|].*", "");
  }
}
