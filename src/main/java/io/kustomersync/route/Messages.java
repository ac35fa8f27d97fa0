package io.kustomersync.route;

import java.net.UnknownHostException;
import java.util.LinkedHashSet;
import java.util.Set;

/** What a failure says to a person. */
public final class Messages {

  private Messages() {}

  /** The messages from the outside in, without what an outer one quotes already; one line. */
  public static String of(Throwable failure) {
    Set<String> messages = new LinkedHashSet<>();
    String last = "";
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message =
          cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
      if (cause instanceof UnknownHostException) {
        // its message is but the name
        message = "unknown host " + message.replaceAll(":.*", "");
      }
      if (message.startsWith("Error during type conversion") && cause.getCause() != null) {
        // Camel's, around what broke while a stream was read
        continue;
      }
      String line = message.strip().replaceAll("\\s+", " ");
      if (!last.contains(line)) {
        messages.add(line);
        last = line;
      }
    }
    return String.join(": ", messages);
  }
}
