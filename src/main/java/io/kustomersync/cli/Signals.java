package io.kustomersync.cli;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Hears signals before Java's shutdown begins. Goes by the name of {@code sun.misc.Signal}, which
 * every JDK has and keeps (JEP 260), as no other way leads there; where it is missing, the shutdown
 * hook has to do.
 */
final class Signals {
  private Signals() {}

  /**
   * @param listener called with the signal's number, on a thread of its own
   */
  static void onStop(IntConsumer listener) {
    for (String name : List.of("TERM", "INT", "HUP")) {
      try {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        Object ours =
            Proxy.newProxyInstance(
                Signals.class.getClassLoader(),
                new Class<?>[] {handler},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("handle")) {
                    listener.accept((int) signal.getMethod("getNumber").invoke(arguments[0]));
                  }
                  return null;
                });
        signal
            .getMethod("handle", signal, handler)
            .invoke(null, signal.getConstructor(String.class).newInstance(name), ours);
      } catch (ReflectiveOperationException | IllegalArgumentException e) {
        // This one stays with Java: no such signal here, or taken by the JVM (-Xrs).
      }
    }
  }
}
