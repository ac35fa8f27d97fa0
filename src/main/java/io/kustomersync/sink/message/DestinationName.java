package io.kustomersync.sink.message;

import java.util.regex.Pattern;

/**
 * Which queue or topic a table's rows go to.
 *
 * @param pattern a name in which {@code <table>} stands for the table; without it, one for all
 */
public record DestinationName(String pattern) {

  private static final String TABLE = "<table>";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._:/-]{1,200}");

  /**
   * @throws IllegalArgumentException when it can't name a queue or topic
   */
  public DestinationName {
    if (!NAME.matcher(pattern.replace(TABLE, "t")).matches()) {
      throw new IllegalArgumentException(
          "\""
              + pattern
              + "\" can't name queues; write letters, digits and . _ : / -, and <table> where the"
              + " table's name goes, for example kustomer.<table>");
    }
  }

  public String of(String table) {
    return pattern.replace(TABLE, table);
  }
}
