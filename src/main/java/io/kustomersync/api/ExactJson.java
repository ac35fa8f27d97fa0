package io.kustomersync.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** Jackson, set so that no number loses a digit and no answer of a sane size is refused. */
final class ExactJson {

  static final int MAX_DEPTH = 1_000;
  static final int MAX_TEXT = 20_000_000;
  static final int MAX_DIGITS = 10_000;

  /** Thread-safe. */
  static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxStringLength(MAX_TEXT)
                          .maxNameLength(MAX_TEXT)
                          .maxNumberLength(MAX_DIGITS)
                          .build())
                  // Custom fields are the customer's words: interning them would grow a JVM-wide
                  // table, and names that collide must slow us down, not stop the table.
                  .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                  .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
          .build();

  private ExactJson() {}
}
