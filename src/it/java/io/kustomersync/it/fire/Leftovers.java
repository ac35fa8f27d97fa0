package io.kustomersync.it.fire;

import java.lang.reflect.Field;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.value.VersionedValue;

/**
 * What killed processes left in an H2 file of transactions that are neither committed nor undone
 * (h2database issue 2080). SQL shows it only by chance: as a key that nobody can insert.
 */
final class Leftovers {
  private Leftovers() {}

  /** While nobody else works on the database. */
  static List<String> in(Connection connection) throws ReflectiveOperationException, SQLException {
    SessionLocal session = (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
    List<String> found = new ArrayList<>();
    for (MVMap<?, ?> map : maps(session.getDatabase().getStore().getMvStore())) {
      Cursor<?, ?> entries = map.cursor(null);
      while (entries.hasNext()) {
        Object key = entries.next();
        if (entries.getValue() instanceof VersionedValue<?> value && value.getOperationId() != 0) {
          found.add(map.getName() + " " + key);
        }
      }
    }
    return found;
  }

  /** Those that are open; asking for one by its name would need its types. */
  private static List<MVMap<?, ?>> maps(MVStore store) throws ReflectiveOperationException {
    Field maps = MVStore.class.getDeclaredField("maps");
    maps.setAccessible(true);
    List<MVMap<?, ?>> all = new ArrayList<>();
    for (Object map : ((Map<?, ?>) maps.get(store)).values()) {
      all.add((MVMap<?, ?>) map);
    }
    return all;
  }
}
