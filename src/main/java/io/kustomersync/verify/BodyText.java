package io.kustomersync.verify;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.StreamCache;

/** What a message holds, as text to look for ids in. */
final class BodyText {

  private BodyText() {}

  static String of(Exchange exchange) {
    StringBuilder text = new StringBuilder();
    add(exchange.getMessage(), text);
    return text.toString();
  }

  private static void add(Object value, StringBuilder text) {
    if (value instanceof Message message) {
      add(message.getBody(), text);
      add(message.getHeaders(), text);
    } else if (value instanceof Exchange exchange) {
      add(exchange.getMessage(), text);
    } else if (value instanceof byte[] bytes) {
      text.append(new String(bytes, StandardCharsets.UTF_8)).append('\n');
    } else if (value instanceof Map<?, ?> map) {
      map.values().forEach(element -> add(element, text));
    } else if (value instanceof Iterable<?> list && !(value instanceof java.nio.file.Path)) {
      list.forEach(element -> add(element, text));
    } else if (value instanceof StreamCache stream) {
      java.io.ByteArrayOutputStream copy = new java.io.ByteArrayOutputStream();
      try {
        stream.writeTo(copy);
      } catch (java.io.IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
      stream.reset();
      text.append(copy.toString(StandardCharsets.UTF_8)).append('\n');
    } else if (value != null) {
      text.append(value).append('\n');
    }
  }
}
