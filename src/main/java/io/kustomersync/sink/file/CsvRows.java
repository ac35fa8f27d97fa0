package io.kustomersync.sink.file;

import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.kustomersync.schema.Column;
import io.kustomersync.schema.TableSchema;
import io.kustomersync.sink.JsonRowWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * CSV in UTF-8 as RFC 4180 says, with line feeds. The header names the schema's columns that the
 * rows have. A null is an empty cell, an empty text is {@code ""}.
 *
 * <p>Spreadsheets run a cell that begins with {@code =}, {@code +}, {@code -} or {@code @} as a
 * formula. Guarded, a text that begins with one of these, a tab, a carriage return, a line feed or
 * an apostrophe gets an apostrophe in front; who takes one leading apostrophe off every cell that
 * has it gets back what was there. Numbers are never touched.
 */
public final class CsvRows implements PageFormat {

  private static final String STARTS_FORMULA = "=+-@\t\r\n'";

  private static final CsvMapper CSV =
      CsvMapper.builder()
          .enable(CsvGenerator.Feature.ALWAYS_QUOTE_EMPTY_STRINGS)
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .build();

  private final boolean guarded;

  /**
   * @param guarded whether texts that a spreadsheet would run are given an apostrophe
   */
  public CsvRows(boolean guarded) {
    this.guarded = guarded;
  }

  @Override
  public String suffix() {
    return "csv";
  }

  @Override
  public void write(TableSchema schema, List<Map<String, Object>> rows, OutputStream out)
      throws IOException {
    List<String> columns = new ArrayList<>();
    for (Column column : schema.columns()) {
      if (rows.stream().anyMatch(row -> row.containsKey(column.name()))) {
        columns.add(column.name());
      }
    }
    CsvSchema.Builder header = CsvSchema.builder().setUseHeader(true).setLineSeparator('\n');
    columns.forEach(header::addColumn);
    try (SequenceWriter writer = CSV.writer(header.build()).writeValues(out)) {
      for (Map<String, Object> row : rows) {
        requireKnown(schema, columns, row);
        List<String> cells = new ArrayList<>(columns.size());
        for (String column : columns) {
          cells.add(cell(row.get(column)));
        }
        writer.write(cells);
      }
    }
  }

  private String cell(Object value) {
    if (value == null) {
      return null;
    }
    if (value instanceof String text) {
      boolean guard = guarded && !text.isEmpty() && STARTS_FORMULA.indexOf(text.charAt(0)) >= 0;
      return guard ? "'" + text : text;
    }
    if (value instanceof BigDecimal number) {
      return number.toPlainString();
    }
    return value instanceof OffsetDateTime time ? JsonRowWriter.time(time) : value.toString();
  }

  private static void requireKnown(
      TableSchema schema, List<String> columns, Map<String, Object> row) {
    for (String name : row.keySet()) {
      if (!columns.contains(name)) {
        throw new IllegalArgumentException(
            "A row for "
                + schema.table()
                + " has a column \""
                + name
                + "\" that its schema lacks.");
      }
    }
  }
}
