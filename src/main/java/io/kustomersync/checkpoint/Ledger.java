package io.kustomersync.checkpoint;

/** Versions delivered lately, so that what is read again in the overlap is not delivered again. */
public final class Ledger {}
