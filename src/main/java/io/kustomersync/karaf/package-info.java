/** The connector inside Apache Karaf; the only place that knows OSGi. */
package io.kustomersync.karaf;
