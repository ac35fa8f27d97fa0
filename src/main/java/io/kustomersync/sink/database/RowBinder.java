package io.kustomersync.sink.database;

import io.kustomersync.sink.TimeText;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts a row's values into a statement as the table's columns take them.
 *
 * @param table for messages
 * @param columns what the table's columns hold
 */
record RowBinder(Dialect dialect, String table, Map<String, StoredType> columns) {

  /**
   * @param first number of the first parameter, from 1
   * @throws UnstorableRowException when the database would refuse a value or alter it
   */
  void bind(PreparedStatement statement, int first, List<String> parameters, Map<String, ?> row)
      throws SQLException {
    long most = 0;
    for (int i = 0; i < parameters.size(); i++) {
      String column = parameters.get(i);
      Object stored = checked(column, row);
      most += WireSize.most(stored);
      set(statement, first + i, columns.get(column), stored);
    }
    if (most > WireSize.limit(dialect.largestStatement())) {
      refuseTooLong(parameters, row);
    }
  }

  /**
   * A column's value as the table takes it.
   *
   * @throws UnstorableRowException when the database would refuse it or alter it
   */
  Object checked(String column, Map<String, ?> row) throws UnstorableRowException {
    StoredType type = columns.get(column);
    Object value = row.get(column);
    Object stored = type == StoredType.TEXT ? text(value) : value;
    check(column, type, stored, row);
    return stored;
  }

  private void refuseTooLong(List<String> parameters, Map<String, ?> row)
      throws UnstorableRowException {
    long size = 0;
    long longest = -1;
    String column = "";
    for (String parameter : parameters) {
      Object value = row.get(parameter);
      long bytes = WireSize.of(columns.get(parameter) == StoredType.TEXT ? text(value) : value);
      size += bytes;
      if (bytes > longest) {
        longest = bytes;
        column = parameter;
      }
    }
    if (size > WireSize.limit(dialect.largestStatement())) {
      throw new UnstorableRowException(
          table,
          String.valueOf(row.get("id")),
          column,
          "makes it longer than the server takes in one statement, about "
              + size
              + " bytes; raise max_allowed_packet, then give it again");
    }
  }

  private void check(String column, StoredType type, Object value, Map<String, ?> row)
      throws UnstorableRowException {
    Optional<String> refusal = Optional.empty();
    if (value instanceof String text) {
      refusal = dialect.refusal(type, text);
    } else if (value != null && !dialect.holds(type, value)) {
      // only columns that never widen get here: the others are text by now
      refusal = Optional.of("holds " + value + ", which its type can't hold exactly");
    }
    if (refusal.isPresent()) {
      throw new UnstorableRowException(table, String.valueOf(row.get("id")), column, refusal.get());
    }
  }

  private void set(PreparedStatement statement, int at, StoredType type, Object value)
      throws SQLException {
    if (dialect.takesColumnsType(type)) {
      statement.setObject(at, text(value), Types.OTHER);
    } else if (value instanceof OffsetDateTime time) {
      statement.setObject(at, dialect.bound(time));
    } else {
      statement.setObject(at, value);
    }
  }

  /** For a column that is wider than the row's schema knows, as {@link Dialect#widen} writes it. */
  private static String text(Object value) {
    if (value == null) {
      return null;
    }
    if (value instanceof OffsetDateTime time) {
      return TimeText.of(time);
    }
    return value.toString();
  }
}
