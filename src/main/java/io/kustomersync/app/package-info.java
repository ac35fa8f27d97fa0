/** The command line, the settings and the standalone start. */
package io.kustomersync.app;
