package io.kustomersync.sink.database;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * MariaDB 10.5 and later, MySQL 8. Ids are compared byte by byte, trailing blanks included, as
 * nowhere else by default. Times are UTC, since the types with a zone end in 2038. Decimals have 35
 * digits before and 30 after the point; what does not fit makes the column text, and so does a time
 * finer than microseconds. JSON is kept as text: MariaDB has no other.
 *
 * <p>Data definition ends a transaction here, so a widening that needs its values written anew
 * leaves a mark in the column's comment until that is done.
 *
 * @param keyCollation of the id: binary, and without padding
 * @param largestStatement the server's {@code max_allowed_packet}
 */
record MariaDbDialect(String keyCollation, long largestStatement) implements Dialect {

  private static final int CANNOT_BE_NULL = 1048;

  /** "Data truncated", with the state of a warning, and "Incorrect … value", in MySQL with none. */
  private static final Set<Integer> DOES_NOT_FIT = Set.of(1265, 1366);

  private static final String DATA_EXCEPTION = "22000";
  private static final int WHOLE_DIGITS = 35;
  private static final int FRACTION_DIGITS = 30;
  private static final String MARK = "kustomer-sync widens this from ";

  static long packet(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT @@max_allowed_packet")) {
      row.next();
      return row.getLong(1);
    }
  }

  @Override
  public Conflict conflict() {
    return Conflict.ON_DUPLICATE_KEY;
  }

  @Override
  public String product() {
    return keyCollation.contains("0900") ? "MySQL" : "MariaDB";
  }

  /** Names of columns are told apart without regard to case. */
  @Override
  public String stored(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  @Override
  public String found(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  @Override
  public String quoted(String name) {
    return '`' + name.replace("`", "``") + '`';
  }

  @Override
  public boolean schemaIsCatalog() {
    return true;
  }

  @Override
  public String keyType() {
    return "VARCHAR(512) CHARACTER SET utf8mb4 COLLATE " + keyCollation;
  }

  @Override
  public String versionType() {
    return "VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin";
  }

  @Override
  public String typeName(StoredType type) {
    return switch (type) {
      case TEXT, JSON -> "LONGTEXT";
      case INTEGER -> "BIGINT";
      case DECIMAL -> "DECIMAL(" + (WHOLE_DIGITS + FRACTION_DIGITS) + ", " + FRACTION_DIGITS + ")";
      case BOOLEAN -> "TINYINT(1)";
      case TIMESTAMP -> "DATETIME(6)";
      case OTHER -> throw new IllegalArgumentException("OTHER is what users make, not we.");
    };
  }

  @Override
  public StoredType typeOf(int jdbcType, String typeName) {
    return switch (jdbcType) {
      case Types.VARCHAR, Types.LONGVARCHAR, Types.CLOB -> StoredType.TEXT;
      case Types.BIGINT -> StoredType.INTEGER;
      case Types.DECIMAL -> StoredType.DECIMAL;
      case Types.BIT, Types.BOOLEAN, Types.TINYINT -> StoredType.BOOLEAN;
      case Types.TIMESTAMP ->
          typeName.toUpperCase(Locale.ROOT).startsWith("DATETIME")
              ? StoredType.TIMESTAMP
              : StoredType.OTHER;
      default -> StoredType.OTHER;
    };
  }

  @Override
  public String tableOptions() {
    return " ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 ROW_FORMAT = DYNAMIC";
  }

  @Override
  public String comment(String table, String text) {
    return "ALTER TABLE " + table + " COMMENT = '" + text.replace("'", "''") + "'";
  }

  @Override
  public String addColumns(String table, List<String> definitions) {
    return definitions.stream()
        .map(definition -> "ADD COLUMN " + definition)
        .collect(Collectors.joining(", ", "ALTER TABLE " + table + " ", ""));
  }

  @Override
  public List<String> widen(String table, String column, StoredType from, StoredType to) {
    String modify =
        "ALTER TABLE " + table + " MODIFY COLUMN " + quoted(column) + " " + typeName(to);
    if (from == StoredType.INTEGER || from == StoredType.JSON) {
      return List.of(modify);
    }
    return List.of(
        modify + " COMMENT '" + MARK + from + "'", rewrite(table, quoted(column), from), modify);
  }

  @Override
  public List<String> finishWidening(String table, String column, String comment) {
    if (!comment.startsWith(MARK)) {
      return List.of();
    }
    StoredType from = StoredType.valueOf(comment.substring(MARK.length()));
    List<String> all = widen(table, column, from, StoredType.TEXT);
    return all.subList(1, all.size());
  }

  /** Doing it twice changes nothing. */
  private static String rewrite(String table, String value, StoredType from) {
    String digits = "TRIM(TRAILING '.' FROM TRIM(TRAILING '0' FROM " + value + "))";
    String set =
        switch (from) {
          case BOOLEAN -> "IF(%1$s = '0', 'false', 'true') WHERE %1$s IN ('0', '1')";
          case TIMESTAMP ->
              "CONCAT(REPLACE("
                  + digits
                  + ", ' ', 'T'), 'Z') WHERE %1$s REGEXP '^[0-9-]{10} [0-9:.]{15}$'";
          default -> digits + " WHERE %1$s LIKE '%%.%%'";
        };
    return "UPDATE " + table + " SET " + value + " = " + set.formatted(value);
  }

  @Override
  public boolean holds(StoredType type, Object value) {
    if (type == StoredType.TIMESTAMP && value instanceof OffsetDateTime time) {
      int year = time.withOffsetSameInstant(ZoneOffset.UTC).getYear();
      return time.getNano() % 1000 == 0 && year >= 1000 && year <= 9999;
    }
    if (type == StoredType.DECIMAL && value instanceof BigDecimal number) {
      BigDecimal plain = number.stripTrailingZeros();
      return plain.scale() <= FRACTION_DIGITS && plain.precision() - plain.scale() <= WHOLE_DIGITS;
    }
    return true;
  }

  @Override
  public Optional<String> refusal(StoredType type, String text) {
    return LoneSurrogate.in(text);
  }

  /**
   * See {@link TableSql}: an id is never null, so this is the sign of a row taken for another. And
   * a value that a column can't hold is a fault of the row, whatever the server counts it among.
   */
  @Override
  public SQLException explained(SQLException failure) {
    String message = String.valueOf(failure.getMessage());
    if (failure.getErrorCode() == CANNOT_BE_NULL && message.contains("'id'")) {
      return new SQLException(
          "a unique index of your own takes a row for that of another record; rows are told"
              + " apart by id alone, so make that index one that is not unique",
          failure.getSQLState(),
          failure.getErrorCode(),
          failure);
    }
    return DOES_NOT_FIT.contains(failure.getErrorCode())
        ? new SQLException(message, DATA_EXCEPTION, failure.getErrorCode(), failure)
        : failure;
  }

  /** Without strict mode, what is too long is cut with a mere warning. */
  @Override
  public void prepare(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO'");
    }
  }

  @Override
  public Object bound(OffsetDateTime time) {
    return time.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
  }

  @Override
  public OffsetDateTime time(ResultSet row, int column) throws SQLException {
    LocalDateTime time = row.getObject(column, LocalDateTime.class);
    return time == null ? null : time.atOffset(ZoneOffset.UTC);
  }
}
