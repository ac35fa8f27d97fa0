package io.kustomersync.sandbox;

/** A record that a search or list found. */
record Hit(RecordStore store, Version version) {}
