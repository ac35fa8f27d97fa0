/**
 * The running connector: databases, leases and the routes in a Camel context, behind {@link
 * io.kustomersync.connector.Connector}. Knows neither command line nor container.
 */
package io.kustomersync.connector;
