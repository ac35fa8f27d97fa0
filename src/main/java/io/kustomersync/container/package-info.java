/**
 * Keeps a connector running inside a container whose settings, routes and services come and go.
 * Knows no OSGi; package {@code karaf} binds it to Apache Karaf.
 */
package io.kustomersync.container;
