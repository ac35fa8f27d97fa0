package io.kustomersync.inspection;

import io.kustomersync.api.KustomerException;

/** What one part of a {@link ConnectionCheck} found. Immutable. */
public sealed interface CheckResult {

  /** Whether one can start with it. */
  boolean good();

  /**
   * @param part what was tried: an address, a table, {@code database} or {@code checkpoints}
   */
  record Works(String part) implements CheckResult {
    @Override
    public boolean good() {
      return true;
    }
  }

  record Failed(String part, Exception failure) implements CheckResult {
    @Override
    public boolean good() {
      return false;
    }

    /** Whether the key lacks a role, as opposed to all else that can go wrong. */
    public boolean forbidden() {
      return failure instanceof KustomerException.Forbidden;
    }
  }

  /**
   * @param text what of docs/promises.md could not be kept with it, and the way out
   */
  record Broken(String text) implements CheckResult {
    @Override
    public boolean good() {
      return false;
    }
  }

  /**
   * @param text what only a crash of the server's machine would show
   */
  record Risk(String text) implements CheckResult {
    @Override
    public boolean good() {
      return true;
    }
  }
}
