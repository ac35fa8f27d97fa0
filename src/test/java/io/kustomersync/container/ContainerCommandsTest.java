package io.kustomersync.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.kustomersync.cli.terminal.Terminal;
import io.kustomersync.connector.CannedConnector;
import io.kustomersync.settings.Configuration;
import io.kustomersync.settings.SettingsReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands as guests in another's process; how Karaf's shell calls them is in KarafIT. */
class ContainerCommandsTest {

  @TempDir Path home;

  private final StringWriter said = new StringWriter();
  private final Terminal terminal =
      new Terminal(new PrintWriter(said, true), new PrintWriter(said, true), 100, false);

  @ParameterizedTest
  @ValueSource(strings = {"sync", "audit"})
  void theContainersSignalsStayItsOwn(String command) throws Exception {
    Object containers = handler();
    Object before = handle(containers);
    try {
      commands().execute(terminal, command, "customers");

      assertThat(handle(containers)).isSameAs(containers);
    } finally {
      handle(before);
    }
  }

  @Test
  void wrongSettingsAreSaidOnTheConsole() {
    int code =
        new ContainerCommands(
                home,
                warnings -> reader(Map.of()),
                Clock.systemUTC(),
                s -> new CannedConnector().connector())
            .execute(terminal, "sync");

    assertThat(code).isNotZero();
    assertThat(said.toString()).contains("etc/x.cfg: kustomer.api-token is missing");
  }

  private ContainerCommands commands() {
    return new ContainerCommands(
        home,
        warnings ->
            reader(Map.of("kustomer.api-token", "a-token", "kustomer.start-date", "2024-01-01")),
        Clock.systemUTC(),
        settings -> new CannedConnector().connector());
  }

  private SettingsReader reader(Map<String, String> values) {
    return new SettingsReader(
        home,
        new Configuration("etc/x.cfg", Map.of(), values),
        Map.of(),
        Clock.systemUTC(),
        warning -> {});
  }

  private static Object handler() throws ReflectiveOperationException {
    Class<?> type = Class.forName("sun.misc.SignalHandler");
    return Proxy.newProxyInstance(
        type.getClassLoader(),
        new Class<?>[] {type},
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "equals" -> proxy == arguments[0];
              case "hashCode" -> System.identityHashCode(proxy);
              case "toString" -> "the container's handler";
              default -> null;
            });
  }

  /** Makes this the handler of SIGTERM, and gives the one before. */
  private static Object handle(Object handler) throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    return signal
        .getMethod("handle", signal, Class.forName("sun.misc.SignalHandler"))
        .invoke(null, signal.getConstructor(String.class).newInstance("TERM"), handler);
  }
}
