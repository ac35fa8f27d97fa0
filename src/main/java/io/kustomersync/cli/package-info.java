/** The command line: one class a command, and how what it did is shown. */
package io.kustomersync.cli;
