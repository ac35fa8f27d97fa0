/** The message sinks: a row as a message, and where it is sent. */
package io.kustomersync.sink.message;
