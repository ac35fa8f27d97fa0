package io.kustomersync.database;

import java.util.regex.Pattern;

/** How URLs of databases on a server go on behind their scheme. Stateless. */
final class ServerAddress {

  /** One or more hosts and a database name: no user, no (key=value) hosts, no sub-protocol. */
  private static final Pattern SERVER =
      Pattern.compile("//[A-Za-z0-9._:,\\[\\]-]+/[A-Za-z0-9_.$-]+/?");

  private ServerAddress() {}

  static String check(String rest) throws UrlRefusal {
    int end = rest.indexOf('?');
    String place = end < 0 ? rest : rest.substring(0, end);
    if (place.indexOf('@') >= 0) {
      throw new UrlRefusal(UrlRefusal.PASSWORD);
    }
    if (!SERVER.matcher(place).matches()) {
      throw new UrlRefusal(
          "does not go on as //<host>[:<port>]/<database>; write jdbc:h2:file:<path>,"
              + " jdbc:postgresql://<host>/<database>, jdbc:mariadb://<host>/<database> or"
              + " jdbc:mysql://<host>/<database>");
    }
    return rest;
  }
}
