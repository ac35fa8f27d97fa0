package io.kustomersync.karaf;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Collection;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/**
 * Connects {@code jdbc:osgi:<name>} through the container's {@link DataSource} of that name, looked
 * up for each connection: it may come later and go again.
 */
final class ServiceDriver implements Driver {

  private static final String PREFIX = "jdbc:osgi:";

  private final BundleContext context;

  ServiceDriver(BundleContext context) {
    this.context = context;
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
    String name = url.substring(PREFIX.length());
    ServiceReference<DataSource> found = find(name);
    DataSource source = context.getService(found);
    if (source == null) {
      throw missing(name);
    }
    try {
      String user = info.getProperty("user", "");
      return user.isEmpty()
          ? source.getConnection()
          : source.getConnection(user, info.getProperty("password", ""));
    } finally {
      context.ungetService(found);
    }
  }

  private ServiceReference<DataSource> find(String name) throws SQLException {
    // The name holds no character that a filter would obey: the settings are checked.
    String filter = "(|(osgi.jndi.service.name=" + name + ")(dataSourceName=" + name + "))";
    try {
      Collection<ServiceReference<DataSource>> found =
          context.getServiceReferences(DataSource.class, filter);
      return found.stream().max(ServiceReference::compareTo).orElseThrow(() -> missing(name));
    } catch (InvalidSyntaxException e) {
      throw new SQLException("\"" + name + "\" can't be the name of a service", e);
    }
  }

  private static SQLException missing(String name) {
    return new SQLException(
        "the container has no javax.sql.DataSource whose osgi.jndi.service.name or dataSourceName"
            + " is \""
            + name
            + "\" (service:list DataSource shows them)",
        "08001");
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
