package io.kustomersync.connector;

import io.kustomersync.settings.Settings;

/** Starts the connector: {@code CamelConnector::start}. */
@FunctionalInterface
public interface ConnectorFactory {

  /**
   * @throws Exception whose messages, down the causes, tell the user what is wrong
   */
  Connector start(Settings settings) throws Exception;
}
