package io.kustomersync.sink.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.List;
import java.util.Locale;

/**
 * H2. It folds names without quotes to upper case, so tables and columns are made in upper case:
 * then {@code select id from customers} works as users write it. Only reserved words need quotes,
 * and capitals with them ({@code "ORDER"}). In a database opened with {@code
 * DATABASE_TO_UPPER=FALSE} names are made as they are.
 *
 * <p>Text is VARCHAR, which takes a billion characters and stays in its row; a CLOB above 256 bytes
 * lives apart from it, which is several times slower. Decimals are DECFLOAT: a NUMERIC has one
 * scale for all rows and would round.
 */
record H2Dialect(boolean upperCase) implements Dialect {

  @Override
  public Conflict conflict() {
    return Conflict.LOOKED_FOR;
  }

  @Override
  public String product() {
    return "H2";
  }

  @Override
  public String stored(String name) {
    return upperCase ? name.toUpperCase(Locale.ROOT) : name;
  }

  @Override
  public String quoted(String name) {
    return '"' + stored(name).replace("\"", "\"\"") + '"';
  }

  /** Class names are the longest ids that Kustomer has, 255 characters (kustomer-api.md §4.5). */
  @Override
  public String keyType() {
    return "VARCHAR(512)";
  }

  @Override
  public String typeName(StoredType type) {
    return switch (type) {
      case TEXT, JSON -> "VARCHAR";
      case INTEGER -> "BIGINT";
      case DECIMAL -> "DECFLOAT";
      case BOOLEAN -> "BOOLEAN";
      case TIMESTAMP -> "TIMESTAMP(9) WITH TIME ZONE";
      case OTHER -> throw new IllegalArgumentException("OTHER is what users make, not we.");
    };
  }

  @Override
  public StoredType typeOf(int jdbcType, String typeName) {
    return switch (jdbcType) {
      case Types.VARCHAR, Types.CLOB -> StoredType.TEXT;
      case Types.BIGINT -> StoredType.INTEGER;
      // What H2 says a DECFLOAT is.
      case Types.NUMERIC -> StoredType.DECIMAL;
      case Types.BOOLEAN -> StoredType.BOOLEAN;
      case Types.TIMESTAMP_WITH_TIMEZONE -> StoredType.TIMESTAMP;
      default -> StoredType.OTHER;
    };
  }

  @Override
  public String addColumns(String table, List<String> definitions) {
    return "ALTER TABLE " + table + " ADD (" + String.join(", ", definitions) + ")";
  }

  @Override
  public List<String> widen(String table, String column, StoredType from, StoredType to) {
    String value = quoted(column);
    String using =
        switch (from) {
          case BOOLEAN -> "LOWER(CAST(" + value + " AS VARCHAR))";
          // With T and offset, and no more digits of a second than there are.
          case TIMESTAMP ->
              "REGEXP_REPLACE(FORMATDATETIME("
                  + value
                  + ", 'yyyy-MM-dd''T''HH:mm:ss.nnnnnnnnnXXX'), '\\.?0*(Z|[+-]..:..)$', '$1')";
          default -> "CAST(" + value + " AS " + typeName(to) + ")";
        };
    return List.of(
        "ALTER TABLE %s ALTER COLUMN %s SET DATA TYPE %s USING %s"
            .formatted(table, value, typeName(to), using));
  }

  /**
   * To the disk itself, so that the checkpoint is never ahead of the rows when the power fails. By
   * default H2 even hands committed rows to the system up to half a second later (WRITE_DELAY).
   */
  @Override
  public void persist(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CHECKPOINT SYNC");
    }
  }
}
