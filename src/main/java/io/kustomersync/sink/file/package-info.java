/** The file sinks: a page is one file, whole or not there, and listed in a manifest. */
package io.kustomersync.sink.file;
