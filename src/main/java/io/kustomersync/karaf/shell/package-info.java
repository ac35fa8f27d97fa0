/** The commands in Karaf's shell; scanned by it, unused without it. */
package io.kustomersync.karaf.shell;
