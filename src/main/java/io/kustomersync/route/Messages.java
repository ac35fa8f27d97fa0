package io.kustomersync.route;

import java.net.UnknownHostException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.TypeConversionException;

/** What a failure says to a person. */
public final class Messages {

  private static final Set<Class<?>> CAMELS_OWN =
      Set.of(
          CamelExchangeException.class, // by multicast, split and the like
          CamelExecutionException.class,
          RuntimeCamelException.class,
          TypeConversionException.class); // also where a stream broke while it was read

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
      if (cause.getCause() != null && wraps(cause)) {
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

  /** Whether Camel puts it around what broke: it says where in Camel, and quotes the cause. */
  private static boolean wraps(Throwable failure) {
    return CAMELS_OWN.contains(failure.getClass());
  }
}
