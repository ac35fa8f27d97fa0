package io.kustomersync.schema;

/**
 * Where in a record a column's values come from, as {@link Column#source} writes it.
 *
 * <p>{@code attributes.X}, {@code attributes.custom.X}, {@code relationships.X} (one id), {@code
 * relationships[].X} (a list of ids). An attribute whose own name begins with {@code custom.} or a
 * backslash is written with a backslash before it, so that no two fields share a source.
 *
 * @param field the name as Kustomer writes it
 */
record ColumnSource(Kind kind, String field) {

  enum Kind {
    ATTRIBUTE("attributes."),
    CUSTOM("attributes.custom."),
    RELATED_ID("relationships."),
    RELATED_IDS("relationships[]."),
    /** Not a field of the record: the id and what we add ourselves. */
    OWN("");

    private final String prefix;

    Kind(String prefix) {
      this.prefix = prefix;
    }
  }

  static ColumnSource parse(String source) {
    if (source.startsWith(Kind.CUSTOM.prefix)) {
      return new ColumnSource(Kind.CUSTOM, source.substring(Kind.CUSTOM.prefix.length()));
    }
    if (source.startsWith(Kind.ATTRIBUTE.prefix)) {
      String field = source.substring(Kind.ATTRIBUTE.prefix.length());
      return new ColumnSource(Kind.ATTRIBUTE, field.startsWith("\\") ? field.substring(1) : field);
    }
    if (source.startsWith(Kind.RELATED_ID.prefix)) {
      return new ColumnSource(Kind.RELATED_ID, source.substring(Kind.RELATED_ID.prefix.length()));
    }
    if (source.startsWith(Kind.RELATED_IDS.prefix)) {
      return new ColumnSource(Kind.RELATED_IDS, source.substring(Kind.RELATED_IDS.prefix.length()));
    }
    return new ColumnSource(Kind.OWN, source);
  }

  /** The name this column gets if it is free and short enough. */
  String wantedName() {
    String clean = SnakeCase.of(field);
    if (clean.isEmpty()) {
      clean = "field_" + UniqueName.hash(toString());
    }
    return switch (kind) {
      case ATTRIBUTE, OWN -> clean;
      case CUSTOM -> "custom_" + clean;
      case RELATED_ID -> clean + "_id";
      case RELATED_IDS -> clean + "_ids";
    };
  }

  /** As {@link Column#source} has it. */
  @Override
  public String toString() {
    boolean escape =
        kind == Kind.ATTRIBUTE && (field.startsWith("custom.") || field.startsWith("\\"));
    return kind.prefix + (escape ? "\\" : "") + field;
  }
}
