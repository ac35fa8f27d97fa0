package io.kustomersync.sandbox;

import io.kustomersync.sandbox.data.HandMade;

/**
 * The API does not answer the call; carries the reply to send. Both error shapes that Kustomer's
 * documentation knows occur (kustomer-api.md §7).
 */
final class RefusedCall extends RuntimeException {
  private final transient Reply reply;

  private RefusedCall(int status, String json) {
    super(json, null, false, false);
    reply = Reply.json(status, json);
  }

  Reply reply() {
    return reply;
  }

  /** Number as status, {@code source.parameter}. */
  static RefusedCall badParameter(String parameter, String title, String detail) {
    return new RefusedCall(
        400,
        """
        {"errors":[{"status":400,"source":{"parameter":%s},"code":"badparam","title":%s,"detail":%s}]}"""
            .formatted(quote(parameter), quote(title), quote(detail)));
  }

  /** No status member, {@code message} instead of {@code title}. */
  static RefusedCall badRequest(String message) {
    return new RefusedCall(
        400,
        "{\"errors\":[{\"code\":\"bad_request\",\"message\":%s,\"meta\":{}}]}"
            .formatted(quote(message)));
  }

  static RefusedCall unauthorized(String title) {
    return new RefusedCall(
        401,
        "{\"errors\":[{\"status\":401,\"code\":\"unauthorized\",\"title\":%s}]}"
            .formatted(quote(title)));
  }

  /** The status is text here. */
  static RefusedCall forbidden(String family) {
    return new RefusedCall(
        403,
        "{\"errors\":[{\"status\":\"403\",\"code\":\"forbidden\",\"title\":%s}]}"
            .formatted(quote("The key has no role to read: " + family)));
  }

  static RefusedCall notFound(String parameter) {
    return new RefusedCall(
        404,
        """
        {"errors":[{"status":404,"source":{"parameter":%s},"code":"notfound","title":"Not Found"}]}"""
            .formatted(quote(parameter)));
  }

  static RefusedCall methodNotAllowed(String method) {
    return new RefusedCall(
        405,
        "{\"errors\":[{\"status\":405,\"code\":\"method_not_allowed\",\"title\":%s}]}"
            .formatted(quote("The sandbox is read only; it got " + method)));
  }

  static RefusedCall rateLimited() {
    return new RefusedCall(
        429,
        "{\"errors\":[{\"status\":429,\"code\":\"ratelimit\",\"title\":\"Too Many Requests\"}]}");
  }

  private static String quote(String text) {
    return HandMade.JSON.getNodeFactory().textNode(text).toString();
  }
}
