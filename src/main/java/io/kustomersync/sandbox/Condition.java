package io.kustomersync.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.kustomersync.sandbox.data.Hit;
import java.time.ZoneId;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * One {@code attribute: {operator: operand}} of a search.
 *
 * @param from with {@code to}: the times that fit, {@code [from, to)}; only of dates
 * @param test for everything else
 */
record Condition(SearchField field, long from, long to, Predicate<Hit> test) {
  private static final Set<String> OPERATORS =
      Set.of("equals", "not_equal", "contains", "in", "gt", "gte", "lt", "lte", "set", "not_set");

  static Condition parse(
      String attribute, SearchField field, String operator, JsonNode operand, ZoneId zone) {
    if (!OPERATORS.contains(operator)) {
      throw RefusedCall.badParameter(operator, "Unknown operator", "operator of " + attribute);
    }
    if (operator.equals("set") || operator.equals("not_set")) {
      boolean set = operator.equals("set");
      return other(field, hit -> set);
    }
    return switch (field) {
      case UPDATED_AT, CREATED_AT -> date(attribute, field, operator, operand, zone);
      case DELETED -> {
        boolean equal = requireEquality(attribute, operator);
        boolean wanted = operand.asBoolean();
        yield other(field, hit -> (hit.version().deleted() == wanted) == equal);
      }
      case ID -> id(attribute, operator, operand);
    };
  }

  private static Condition date(
      String attribute, SearchField field, String operator, JsonNode operand, ZoneId zone) {
    if (!operand.isTextual()) {
      throw RefusedCall.badParameter(attribute, "Invalid date", operand + " is not a date");
    }
    long time = DateOperand.parse(attribute, operand.asText(), zone);
    return switch (operator) {
      case "gt" -> range(field, time + 1, Long.MAX_VALUE);
      case "gte" -> range(field, time, Long.MAX_VALUE);
      case "lt" -> range(field, Long.MIN_VALUE, time);
      case "lte" -> range(field, Long.MIN_VALUE, time + 1);
      case "equals" -> range(field, time, time + 1);
      default ->
          throw RefusedCall.badParameter(attribute, "Bad Request", operator + " is not for dates");
    };
  }

  private static Condition id(String attribute, String operator, JsonNode operand) {
    if (operator.equals("in")) {
      Set<String> ids =
          StreamSupport.stream(operand.spliterator(), false)
              .map(JsonNode::asText)
              .collect(Collectors.toSet());
      return other(SearchField.ID, hit -> ids.contains(hit.store().id(hit.version())));
    }
    boolean equal = requireEquality(attribute, operator);
    String wanted = operand.asText();
    return other(SearchField.ID, hit -> hit.store().id(hit.version()).equals(wanted) == equal);
  }

  private static boolean requireEquality(String attribute, String operator) {
    if (!operator.equals("equals") && !operator.equals("not_equal")) {
      throw RefusedCall.badParameter(
          attribute, "Bad Request", operator + " is not for this attribute");
    }
    return operator.equals("equals");
  }

  private static Condition range(SearchField field, long from, long to) {
    return new Condition(
        field,
        from,
        to,
        hit -> {
          long time = field.time(hit.version());
          return time >= from && time < to;
        });
  }

  private static Condition other(SearchField field, Predicate<Hit> test) {
    return new Condition(field, Long.MIN_VALUE, Long.MAX_VALUE, test);
  }

  /** Whether its range alone says it, so that an index on {@code updatedAt} answers it. */
  boolean isWindow() {
    return field == SearchField.UPDATED_AT && (from != Long.MIN_VALUE || to != Long.MAX_VALUE);
  }
}
