package io.kustomersync.sandbox;

import java.nio.charset.StandardCharsets;

/** What the API answers, before headers. */
record Reply(int status, String contentType, byte[] body) {
  static final String JSON = "application/json; charset=utf-8";

  static Reply json(int status, CharSequence json) {
    return new Reply(status, JSON, json.toString().getBytes(StandardCharsets.UTF_8));
  }

  static Reply html(int status, String text) {
    String page = "<html><head><title>" + text + "</title></head><body>" + text + "</body></html>";
    return new Reply(status, "text/html", page.getBytes(StandardCharsets.UTF_8));
  }

  Reply withBody(byte[] other) {
    return new Reply(status, contentType, other);
  }
}
