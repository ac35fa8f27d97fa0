package io.kustomersync.it.fire;

import com.zaxxer.hikari.HikariDataSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.model.ProcessDefinition;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateSyncProcessor;

/**
 * Ends the process, as kill -9 would, when it comes to a point for the n-th time. Lives in a jar
 * that only the tests put into {@code lib/}, so the product holds no hook.
 */
public final class KillPoint implements InterceptStrategy, CamelContextAware {
  static final String POINT = "kill.point";
  static final String TIMES = "kill.times";

  private static final String WANTED = System.getProperty(POINT, "");
  private static final AtomicInteger LEFT = new AtomicInteger(Integer.getInteger(TIMES, 1));

  private CamelContext context;

  @Override
  public CamelContext getCamelContext() {
    return context;
  }

  /** Called when {@code camel.beans.…} makes it, before any route is and any database opened. */
  @Override
  public void setCamelContext(CamelContext camel) {
    context = camel;
    camel.getCamelContextExtension().addInterceptStrategy(this);
    HikariDataSource pool =
        camel.getRegistry().lookupByNameAndType("database", HikariDataSource.class);
    pool.setDataSource(WatchedDatabase.of(pool));
  }

  @Override
  public Processor wrapProcessorInInterceptors(
      CamelContext camel, NamedNode node, Processor target, Processor next) {
    if (!(node instanceof ProcessDefinition step)) {
      return target;
    }
    return new DelegateSyncProcessor(
        exchange -> {
          reach("before-" + step.getRef());
          target.process(exchange);
          reach("after-" + step.getRef());
        });
  }

  static void reach(String point) {
    if (isReached(point)) {
      Runtime.getRuntime().halt(137);
    }
  }

  /** Whether it is time to end; counts. */
  static boolean isReached(String point) {
    return point.equals(WANTED) && LEFT.decrementAndGet() == 0;
  }
}
