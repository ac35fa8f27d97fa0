package io.kustomersync.sandbox.data;

/** A record that a search or list found. */
public record Hit(RecordStore store, Version version) {}
