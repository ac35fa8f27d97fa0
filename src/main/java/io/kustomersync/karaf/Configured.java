package io.kustomersync.karaf;

import io.kustomersync.container.LiveConnector;
import java.util.Collections;
import java.util.Dictionary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osgi.service.cm.ManagedService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands on what Config Admin has for us. */
final class Configured implements ManagedService {

  private static final Logger LOG = LoggerFactory.getLogger(Configured.class);

  /** What the container adds to every configuration. */
  private static final List<String> CONTAINERS_OWN =
      List.of("service.", "felix.", "org.apache.karaf.", "component.");

  private final String place;
  private final LiveConnector live;

  Configured(String place, LiveConnector live) {
    this.place = place;
    this.live = live;
  }

  @Override
  public void updated(Dictionary<String, ?> properties) {
    if (properties == null) {
      LOG.info("There is no {}; write one, and Kustomer Sync starts", place);
      return;
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (String key : Collections.list(properties.keys())) {
      if (CONTAINERS_OWN.stream().noneMatch(key::startsWith)) {
        values.put(key, String.valueOf(properties.get(key)));
      }
    }
    live.configure(values);
  }
}
