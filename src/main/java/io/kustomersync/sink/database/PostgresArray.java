package io.kustomersync.sink.database;

import io.kustomersync.sink.TimeText;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A column's values on their way to PostgreSQL.
 *
 * @param element the type of what the array holds: one that the driver sends as it is in memory
 * @param cast what makes an element a value of the column; empty where it is one
 */
record PostgresArray(String element, String cast, Object[] values) {

  /**
   * Of values that a column of the type takes. Empty if an array would not do the same as a
   * parameter for each value: where the type is a user's, only the column knows what a text becomes
   * (a cast would cut it to fit), and a value of another kind than the column's must not slip in by
   * way of its text.
   */
  static Optional<PostgresArray> of(StoredType type, List<Object> values) {
    return switch (type) {
      case TEXT -> of("text", "", values, String.class, new String[0], text -> text);
      case JSON -> of("text", "::jsonb", values, String.class, new String[0], text -> text);
      case DECIMAL ->
          of("text", "::numeric", values, Number.class, new String[0], Object::toString);
      case INTEGER -> of("int8", "", values, Long.class, new Long[0], number -> number);
      case BOOLEAN -> of("bool", "", values, Boolean.class, new Boolean[0], flag -> flag);
      case TIMESTAMP ->
          values.stream().allMatch(PostgresArray::isOfFourDigits)
              ? of(
                  "text",
                  "::timestamptz",
                  values,
                  OffsetDateTime.class,
                  new String[0],
                  time -> TimeText.of(time.withOffsetSameInstant(ZoneOffset.UTC)))
              : Optional.empty();
      case OTHER -> Optional.empty();
    };
  }

  /** What stands for the rows in a statement: each array is a parameter, in their order. */
  static String source(List<PostgresArray> arrays) {
    List<String> values = new ArrayList<>();
    List<String> given = new ArrayList<>();
    List<String> parameters = new ArrayList<>();
    for (PostgresArray array : arrays) {
      String name = "c" + (given.size() + 1);
      given.add(name);
      values.add(name + array.cast());
      parameters.add("?::" + array.element() + "[]");
    }
    return " SELECT %s FROM unnest(%s) AS given (%s)"
        .formatted(
            String.join(", ", values), String.join(", ", parameters), String.join(", ", given));
  }

  private static <V, E> Optional<PostgresArray> of(
      String element,
      String cast,
      List<Object> values,
      Class<V> kind,
      E[] none,
      Function<V, E> sent) {
    E[] array = Arrays.copyOf(none, values.size());
    for (int i = 0; i < array.length; i++) {
      Object value = values.get(i);
      if (value != null && !kind.isInstance(value)) {
        return Optional.empty();
      }
      array[i] = value == null ? null : sent.apply(kind.cast(value));
    }
    return Optional.of(new PostgresArray(element, cast, array));
  }

  /** PostgreSQL writes years before Christ, and after 9999, in a way of its own. */
  private static boolean isOfFourDigits(Object value) {
    if (!(value instanceof OffsetDateTime time)) {
      return true;
    }
    int year = time.withOffsetSameInstant(ZoneOffset.UTC).getYear();
    return year >= 1 && year <= 9999;
  }
}
