package io.kustomersync.sandbox;

import java.time.Instant;

/**
 * One call that the sandbox has answered.
 *
 * @param query raw, without {@code ?}; empty for none
 * @param body what the client sent; empty for none
 * @param status 0 when the connection was dropped before an answer
 * @param pool {@code org} or {@code search}
 */
public record ServedCall(
    String method,
    String path,
    String query,
    String body,
    int status,
    String pool,
    Instant instant) {}
