package io.kustomersync.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Optional;

/** Turns one JSON value into the value of a column, exactly or not at all. */
final class CellValue {

  /** What {@link #of} answers when the column has to widen first. */
  static final Object MISFIT = new Object();

  /** What a decimal column of any database can hold; beyond it the text is kept instead. */
  private static final int MAX_DIGITS = 100;

  private static final int MAX_SCALE = 100;

  private CellValue() {}

  /**
   * @param node neither missing nor JSON null
   * @return the value, null for an empty object or list where a scalar is expected (both are how
   *     Kustomer writes "unset", kustomer-api.md §5), or {@link #MISFIT}
   */
  static Object of(ColumnType type, JsonNode node) {
    if (type == ColumnType.TEXT) {
      return text(node);
    }
    if (type == ColumnType.JSON) {
      return node.isContainerNode() ? JsonText.of(node) : MISFIT;
    }
    if (isUnset(node)) {
      return null;
    }
    return switch (type) {
      case INTEGER ->
          node.isIntegralNumber() && node.canConvertToLong() ? (Object) node.longValue() : MISFIT;
      case DECIMAL -> isDecimal(node) ? node.decimalValue() : MISFIT;
      case BOOLEAN -> node.isBoolean() ? (Object) node.booleanValue() : MISFIT;
      case TIMESTAMP -> {
        if (!node.isTextual()) {
          yield MISFIT;
        }
        Optional<?> read = TimestampText.parse(node.textValue());
        yield read.isPresent() ? read.get() : MISFIT;
      }
      case TEXT, JSON -> throw new AssertionError(type);
    };
  }

  /** The narrowest type that holds this value, for a field nothing is known of. */
  static ColumnType typeOf(JsonNode node) {
    if (node.isBoolean()) {
      return ColumnType.BOOLEAN;
    }
    if (node.isIntegralNumber() && node.canConvertToLong()) {
      return ColumnType.INTEGER;
    }
    if (isDecimal(node)) {
      return ColumnType.DECIMAL;
    }
    return node.isContainerNode() ? ColumnType.JSON : ColumnType.TEXT;
  }

  /** The type that holds what the column has and this value too: whole → decimal → text. */
  static ColumnType widen(ColumnType type, JsonNode misfit) {
    return type == ColumnType.INTEGER && isDecimal(misfit) ? ColumnType.DECIMAL : ColumnType.TEXT;
  }

  /** Strings as they are; all else as JSON writes it. */
  static String text(JsonNode node) {
    if (node.isTextual()) {
      return node.textValue();
    }
    return node.isContainerNode() ? JsonText.of(node) : node.asText();
  }

  static boolean isUnset(JsonNode node) {
    return node.isContainerNode() && node.isEmpty();
  }

  private static boolean isDecimal(JsonNode node) {
    if (!node.isNumber()) {
      return false;
    }
    if ((node.isDouble() || node.isFloat()) && !Double.isFinite(node.doubleValue())) {
      return false;
    }
    if (node.isInt() || node.isLong()) {
      return true;
    }
    BigDecimal value = node.decimalValue();
    return value.precision() <= MAX_DIGITS && Math.abs(value.scale()) <= MAX_SCALE;
  }
}
