package io.kustomersync.container;

import java.util.Optional;

/** What a container has for settings such as {@code osgi:<name>}. Thread-safe. */
@FunctionalInterface
public interface ContainerServices {

  /**
   * @return what stays equal as long as the name stands for the same service; empty while there is
   *     none
   */
  Optional<?> identity(ContainerService service);
}
