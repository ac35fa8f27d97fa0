package io.kustomersync.karaf;

import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Collections;
import java.util.ServiceLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The JDBC drivers inside the bundle, which {@link DriverManager} can't find by itself, and the one
 * for {@code osgi:<name>}.
 */
final class Drivers implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Drivers.class);
  private static final String H2_ADDRESS = "h2.bindAddress";

  private Drivers() {}

  static Drivers register(NamedServices services) {
    // H2's AUTO_SERVER lets other processes in; from this host only. Read once, when H2 loads.
    String before = System.getProperty(H2_ADDRESS);
    System.setProperty(H2_ADDRESS, "127.0.0.1");
    try {
      Class.forName("org.h2.engine.SysProperties", true, Drivers.class.getClassLoader());
      // A driver registers itself as it is loaded.
      for (Driver driver : ServiceLoader.load(Driver.class, Drivers.class.getClassLoader())) {
        LOG.debug("{} {}.{}", driver, driver.getMajorVersion(), driver.getMinorVersion());
      }
      DriverManager.registerDriver(new ServiceDriver(services));
    } catch (SQLException | ClassNotFoundException e) {
      throw new IllegalStateException("the bundle's JDBC drivers can't be loaded", e);
    } finally {
      if (before == null) {
        System.clearProperty(H2_ADDRESS);
      } else {
        System.setProperty(H2_ADDRESS, before);
      }
    }
    return new Drivers();
  }

  /** Else the bundle's classes could never be unloaded. */
  @Override
  public void close() {
    ClassLoader ours = Drivers.class.getClassLoader();
    for (Driver driver : Collections.list(DriverManager.getDrivers())) {
      if (driver.getClass().getClassLoader() == ours) {
        try {
          DriverManager.deregisterDriver(driver);
        } catch (SQLException e) {
          LOG.warn("{} stays registered: {}", driver, e.getMessage());
        }
      }
    }
  }
}
