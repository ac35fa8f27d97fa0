package io.kustomersync.sink.database;

import java.sql.SQLException;

/** One row that the database can't hold as it is; nothing of its page was written. */
public final class UnstorableRowException extends SQLException {

  private static final long serialVersionUID = 1;

  /** By its SQL state {@link RowFault} knows that it is the row's fault. */
  private static final String DATA_EXCEPTION = "22000";

  private final String table;
  private final String id;

  UnstorableRowException(String table, String id, String column, String why) {
    super(
        table + ": the row " + id + " can't be stored: its column \"" + column + "\" " + why,
        DATA_EXCEPTION);
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
