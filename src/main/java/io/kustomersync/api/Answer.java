package io.kustomersync.api;

import java.util.Map;
import java.util.Optional;

/**
 * What came back for one {@link ApiRequest}, whole.
 *
 * @param headers names in lower case
 * @param body decompressed; never null, may be empty
 */
public record Answer(int status, Map<String, String> headers, byte[] body) {

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** Safe to log: bodies hold customers' mail. */
  @Override
  public String toString() {
    return "HTTP " + status + ", " + body.length + " bytes";
  }
}
