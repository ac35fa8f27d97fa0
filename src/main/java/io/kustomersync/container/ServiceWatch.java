package io.kustomersync.container;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the services of a container were at one moment. Immutable. */
final class ServiceWatch {

  /** Never changes. */
  static final ServiceWatch OF_NOTHING = new ServiceWatch(service -> Optional.empty(), Set.of());

  private final ContainerServices services;
  private final Map<ContainerService, Optional<?>> known;

  private ServiceWatch(ContainerServices services, Collection<ContainerService> watched) {
    this.services = services;
    this.known = identities(services, watched);
  }

  /** As they are now. */
  static ServiceWatch of(Collection<ContainerService> watched, ContainerServices services) {
    return new ServiceWatch(services, watched);
  }

  private static Map<ContainerService, Optional<?>> identities(
      ContainerServices services, Collection<ContainerService> watched) {
    Map<ContainerService, Optional<?>> found = new LinkedHashMap<>();
    watched.forEach(service -> found.put(service, services.identity(service)));
    return found;
  }

  /** Those that were not there. */
  List<ContainerService> missing() {
    return known.keySet().stream().filter(service -> known.get(service).isEmpty()).toList();
  }

  /** Those that have come, gone or been replaced since. */
  List<ContainerService> changed() {
    Map<ContainerService, Optional<?>> now = identities(services, known.keySet());
    return known.keySet().stream()
        .filter(service -> !now.get(service).equals(known.get(service)))
        .toList();
  }
}
