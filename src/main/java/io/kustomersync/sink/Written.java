package io.kustomersync.sink;

/**
 * What became of a page.
 *
 * @param changed rows inserted or replaced
 * @param stale rows left alone, because the table or the page holds a newer version
 */
public record Written(int changed, int stale) {}
