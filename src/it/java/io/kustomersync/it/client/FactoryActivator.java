package io.kustomersync.it.client;

import java.util.Dictionary;
import java.util.Hashtable;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Runs inside Karaf: registers the connection factory that its bundle's manifest describes. */
public final class FactoryActivator implements BundleActivator {

  private Object factory;

  @Override
  public void start(BundleContext context) throws ReflectiveOperationException {
    Dictionary<String, String> manifest = context.getBundle().getHeaders();
    factory =
        Class.forName(manifest.get("Factory-Class"))
            .getConstructor(String.class)
            .newInstance(manifest.get("Factory-Url"));
    Dictionary<String, Object> properties = new Hashtable<>();
    properties.put("osgi.jndi.service.name", manifest.get("Service-Name"));
    context.registerService(manifest.get("Service-Type"), factory, properties);
  }

  @Override
  public void stop(BundleContext context) throws Exception {
    if (factory instanceof AutoCloseable closeable) {
      closeable.close();
    }
  }
}
