package io.kustomersync.it.fire;

import java.sql.Connection;
import org.h2.api.Trigger;

/** An H2 trigger: the point {@code row} is in the midst of a page's batch, before its commit. */
public final class KillTrigger implements Trigger {
  @Override
  public void fire(Connection connection, Object[] before, Object[] after) {
    KillPoint.reach("row");
  }
}
