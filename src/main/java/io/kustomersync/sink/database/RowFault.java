package io.kustomersync.sink.database;

import io.kustomersync.sink.BadRowException;
import java.sql.SQLException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** Tells rows that a sink can't take from a sink that is down. Stateless. */
public final class RowFault {

  private RowFault() {}

  /**
   * Whether giving the same rows again would fail again because of what is in them: the database
   * speaks of data (SQL state class 22), of a constraint (23) or of a limit that a row exceeds
   * (54000), or the sink throws {@link BadRowException}. Everything else, above all faults of the
   * connection, says nothing about the rows.
   */
  public static boolean isIn(Throwable failure) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Throwable link = failure; link != null && seen.add(link); link = link.getCause()) {
      if (link instanceof BadRowException) {
        return true;
      }
      for (SQLException sql = link instanceof SQLException first ? first : null;
          sql != null;
          sql = sql.getNextException()) {
        String state = sql.getSQLState() == null ? "" : sql.getSQLState();
        if (state.startsWith("22") || state.startsWith("23") || state.equals("54000")) {
          return true;
        }
      }
    }
    return false;
  }
}
