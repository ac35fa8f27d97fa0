package io.kustomersync.karaf;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Stands for a JMS object of one class space in another. Containers have {@code javax.jms}, or a
 * {@code jakarta.jms} of their own; ours is in the bundle. Their types and methods are the same by
 * name, so a call is passed on by name, and what goes in and comes out is carried over likewise.
 */
final class JmsBridge implements InvocationHandler {

  private static final Space OURS = Space.of(ConnectionFactory.class);

  /** Where the JMS types come from. */
  private record Space(String prefix, ClassLoader loader) {

    /** That of this type. */
    static Space of(Class<?> type) {
      return new Space(type.getPackageName() + ".", type.getClassLoader());
    }

    boolean has(Class<?> type) {
      return type.getName().startsWith(prefix) && type.getClassLoader() == loader;
    }

    /** The type of the same name here; one that is no JMS type stays as it is. */
    Class<?> counterpart(Class<?> type, Space of) throws ClassNotFoundException {
      return of.has(type) ? Class.forName(prefix + type.getSimpleName(), false, loader) : type;
    }
  }

  private final Object target;
  private final Space there;
  private final Space here;

  private JmsBridge(Object target, Space there, Space here) {
    this.target = target;
    this.there = there;
    this.here = here;
  }

  /**
   * A factory of any class space as one of ours.
   *
   * @throws JMSException when it is none
   */
  static ConnectionFactory connectionFactory(Object service) throws JMSException {
    if (service instanceof ConnectionFactory ours) {
      return ours;
    }
    Class<?> type =
        interfaces(service.getClass()).stream()
            .filter(one -> one.getName().matches("(jakarta|javax)\\.jms\\.ConnectionFactory"))
            .findFirst()
            .orElseThrow(() -> new JMSException(service.getClass() + " is no ConnectionFactory"));
    return (ConnectionFactory) carry(service, Space.of(type), OURS);
  }

  private static Object carry(Object value, Space from, Space to) {
    if (value == null) {
      return null;
    }
    if (Proxy.isProxyClass(value.getClass())
        && Proxy.getInvocationHandler(value) instanceof JmsBridge bridge
        && bridge.there.equals(to)) {
      return bridge.target;
    }
    Set<Class<?>> types = new LinkedHashSet<>();
    for (Class<?> type : interfaces(value.getClass())) {
      if (from.has(type)) {
        try {
          types.add(to.counterpart(type, from));
        } catch (ClassNotFoundException e) {
          // A type that the older of the two does not have; nobody can ask for it.
        }
      }
    }
    return types.isEmpty()
        ? value
        : Proxy.newProxyInstance(
            to.loader(), types.toArray(Class<?>[]::new), new JmsBridge(value, from, to));
  }

  private static Set<Class<?>> interfaces(Class<?> type) {
    Set<Class<?>> found = new LinkedHashSet<>();
    for (Class<?> one = type; one != null; one = one.getSuperclass()) {
      for (Class<?> direct : one.getInterfaces()) {
        found.add(direct);
        found.addAll(interfaces(direct));
      }
    }
    return found;
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
    Class<?>[] types = method.getParameterTypes();
    Object[] carried = new Object[types.length];
    for (int i = 0; i < types.length; i++) {
      types[i] = there.counterpart(types[i], here);
      carried[i] = carry(arguments[i], here, there);
    }
    Method same =
        there.counterpart(method.getDeclaringClass(), here).getMethod(method.getName(), types);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    // Clients look their parts up with it.
    thread.setContextClassLoader(target.getClass().getClassLoader());
    try {
      return carry(same.invoke(target, carried), there, here);
    } catch (InvocationTargetException e) {
      throw carry(e.getCause());
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** A failure of JMS as the same one here; its cause is the original. */
  private Throwable carry(Throwable failure) throws ReflectiveOperationException {
    for (Class<?> type = failure.getClass(); type != null; type = type.getSuperclass()) {
      if (there.has(type)) {
        Object code = type.getMethod("getErrorCode").invoke(failure);
        return ((Throwable)
                here.counterpart(type, there)
                    .getConstructor(String.class, String.class)
                    .newInstance(failure.getMessage(), code))
            .initCause(failure);
      }
    }
    return failure;
  }
}
