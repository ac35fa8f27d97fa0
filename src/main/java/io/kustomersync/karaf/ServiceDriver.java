package io.kustomersync.karaf;

import io.kustomersync.container.ContainerService;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Connects {@code jdbc:osgi:<name>} through the container's {@link DataSource} of that name, looked
 * up for each connection: it may come later and go again.
 */
final class ServiceDriver implements Driver {

  private static final String PREFIX = "jdbc:osgi:";

  private final NamedServices services;

  ServiceDriver(NamedServices services) {
    this.services = services;
  }

  @Override
  public boolean acceptsURL(String url) {
    return url.startsWith(PREFIX);
  }

  @Override
  public Connection connect(String url, Properties info) throws SQLException {
    if (!acceptsURL(url)) {
      return null;
    }
    ContainerService named =
        new ContainerService(ContainerService.Kind.DATA_SOURCE, url.substring(PREFIX.length()));
    String user = info.getProperty("user", "");
    return services
        .use(
            named,
            service -> {
              DataSource source = (DataSource) service;
              return user.isEmpty()
                  ? source.getConnection()
                  : source.getConnection(user, info.getProperty("password", ""));
            })
        .orElseThrow(() -> new SQLException(named.missing(), "08001"));
  }

  @Override
  public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
    return new DriverPropertyInfo[0];
  }

  @Override
  public int getMajorVersion() {
    return 1;
  }

  @Override
  public int getMinorVersion() {
    return 0;
  }

  @Override
  public boolean jdbcCompliant() {
    return false;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException();
  }
}
