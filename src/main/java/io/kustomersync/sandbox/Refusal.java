package io.kustomersync.sandbox;

/**
 * The API does not answer the call; carries the reply to send. Both error shapes that Kustomer's
 * documentation knows occur (kustomer-api.md §7).
 */
final class Refusal extends RuntimeException {
  private final transient Reply reply;

  private Refusal(int status, String json) {
    super(json, null, false, false);
    reply = Reply.json(status, json);
  }

  Reply reply() {
    return reply;
  }

  /** Number as status, {@code source.parameter}. */
  static Refusal badParameter(String parameter, String title, String detail) {
    return new Refusal(
        400,
        """
        {"errors":[{"status":400,"source":{"parameter":%s},"code":"badparam","title":%s,"detail":%s}]}"""
            .formatted(quote(parameter), quote(title), quote(detail)));
  }

  /** No status member, {@code message} instead of {@code title}. */
  static Refusal badRequest(String message) {
    return new Refusal(
        400,
        "{\"errors\":[{\"code\":\"bad_request\",\"message\":%s,\"meta\":{}}]}"
            .formatted(quote(message)));
  }

  static Refusal unauthorized(String title) {
    return new Refusal(
        401,
        "{\"errors\":[{\"status\":401,\"code\":\"unauthorized\",\"title\":%s}]}"
            .formatted(quote(title)));
  }

  /** The status is text here. */
  static Refusal forbidden(String family) {
    return new Refusal(
        403,
        "{\"errors\":[{\"status\":\"403\",\"code\":\"forbidden\",\"title\":%s}]}"
            .formatted(quote("The key has no role to read: " + family)));
  }

  static Refusal notFound(String parameter) {
    return new Refusal(
        404,
        """
        {"errors":[{"status":404,"source":{"parameter":%s},"code":"notfound","title":"Not Found"}]}"""
            .formatted(quote(parameter)));
  }

  static Refusal methodNotAllowed(String method) {
    return new Refusal(
        405,
        "{\"errors\":[{\"status\":405,\"code\":\"method_not_allowed\",\"title\":%s}]}"
            .formatted(quote("The sandbox is read only; it got " + method)));
  }

  static Refusal rateLimited() {
    return new Refusal(
        429,
        "{\"errors\":[{\"status\":429,\"code\":\"ratelimit\",\"title\":\"Too Many Requests\"}]}");
  }

  private static String quote(String text) {
    return HandMade.JSON.getNodeFactory().textNode(text).toString();
  }
}
