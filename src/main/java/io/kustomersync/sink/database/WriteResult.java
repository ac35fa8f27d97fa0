package io.kustomersync.sink.database;

/**
 * What became of a page.
 *
 * @param changed rows inserted or replaced
 * @param stale rows left alone, because the table or the page holds a newer version
 */
public record WriteResult(int changed, int stale) {}
