package io.kustomersync.sink.database;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * PostgreSQL 12 and later. Names are lower case and quoted, so that SQL without quotes reaches
 * them.
 *
 * <p>What its text can't hold (U+0000 and halves of surrogate pairs) is refused row by row:
 * dropping a character would be a silent change. Its times count microseconds; a column that meets
 * a finer one becomes text.
 */
record PostgresDialect() implements Dialect {

  private static final String ESCAPED_NUL = "\\u0000";

  @Override
  public Conflict conflict() {
    return Conflict.ON_CONFLICT;
  }

  @Override
  public String product() {
    return "PostgreSQL";
  }

  @Override
  public String stored(String name) {
    return name;
  }

  @Override
  public String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  @Override
  public String keyType() {
    return "text";
  }

  @Override
  public String typeName(StoredType type) {
    return switch (type) {
      case TEXT -> "text";
      case JSON -> "jsonb";
      case INTEGER -> "bigint";
      case DECIMAL -> "numeric";
      case BOOLEAN -> "boolean";
      case TIMESTAMP -> "timestamptz";
      case OTHER -> throw new IllegalArgumentException("OTHER is what users make, not we.");
    };
  }

  @Override
  public StoredType typeOf(int jdbcType, String typeName) {
    return switch (typeName) {
      case "text", "varchar" -> StoredType.TEXT;
      case "jsonb" -> StoredType.JSON;
      case "int8" -> StoredType.INTEGER;
      case "numeric" -> StoredType.DECIMAL;
      case "bool" -> StoredType.BOOLEAN;
      case "timestamptz" -> StoredType.TIMESTAMP;
      // an enum too, which the driver calls a VARCHAR: only without a type does it take a text
      default -> StoredType.OTHER;
    };
  }

  @Override
  public String addColumns(String table, List<String> definitions) {
    return definitions.stream()
        .map(definition -> "ADD COLUMN IF NOT EXISTS " + definition)
        .collect(Collectors.joining(", ", "ALTER TABLE " + table + " ", ""));
  }

  @Override
  public List<String> widen(String table, String column, StoredType from, StoredType to) {
    String value = quoted(column);
    String using = value + "::" + typeName(to);
    if (from == StoredType.TIMESTAMP) {
      // With T and Z, and no more digits of a second than there are.
      using =
          "regexp_replace(to_char("
              + value
              + " AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US'), '\\.?0*$', '') || 'Z'";
    }
    return List.of(
        "ALTER TABLE %s ALTER COLUMN %s TYPE %s USING %s"
            .formatted(table, value, typeName(to), using));
  }

  @Override
  public boolean holds(StoredType type, Object value) {
    return type != StoredType.TIMESTAMP
        || !(value instanceof OffsetDateTime time)
        || time.getNano() % 1000 == 0;
  }

  @Override
  public Optional<String> refusal(StoredType type, String text) {
    if (text.indexOf('\0') >= 0) {
      return Optional.of("holds the character U+0000, which PostgreSQL has no place for");
    }
    if (type == StoredType.JSON && hasEscapedNul(text)) {
      return Optional.of("holds \\u0000, which PostgreSQL's jsonb has no place for");
    }
    return LoneSurrogate.in(text);
  }

  /** A backslash that is itself escaped begins no escape. */
  private static boolean hasEscapedNul(String json) {
    for (int at = json.indexOf(ESCAPED_NUL); at >= 0; at = json.indexOf(ESCAPED_NUL, at + 1)) {
      int before = at;
      while (before > 0 && json.charAt(before - 1) == '\\') {
        before--;
      }
      if ((at - before) % 2 == 0) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean takesColumnsType(StoredType type) {
    return type == StoredType.JSON || type == StoredType.OTHER;
  }
}
