package io.kustomersync.sink;

import java.sql.SQLException;

/** One row that the database can't hold as it is; nothing of its page was written. */
public final class UnstorableRowException extends SQLException {

  private static final long serialVersionUID = 1;

  private final String table;
  private final String id;

  UnstorableRowException(String table, String id, String column, String why) {
    super(table + ": the row " + id + " can't be stored: its column \"" + column + "\" " + why);
    this.table = table;
    this.id = id;
  }

  /** As the database has it, prefix included. */
  public String table() {
    return table;
  }

  public String id() {
    return id;
  }
}
