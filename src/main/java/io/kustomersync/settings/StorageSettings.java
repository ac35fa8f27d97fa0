package io.kustomersync.settings;

import io.kustomersync.sink.database.DatabaseOptions;
import java.time.Duration;

/**
 * Where rows and positions are kept. Immutable; safe to log.
 *
 * @param database of the database sink's rows
 * @param checkpoint where the positions are; equal to {@code database} unless set apart
 * @param layout how the database sink lays out its tables
 * @param lease how long another process waits for one that went silent, 5 s to 1 h
 */
public record StorageSettings(
    DatabaseAddress database, DatabaseAddress checkpoint, DatabaseOptions layout, Duration lease) {}
