package io.kustomersync.route;

import io.kustomersync.sink.TablePage;
import java.util.Optional;
import org.apache.camel.ProducerTemplate;

/** Gives a page to one sink, outside of a poll. Stateless. */
public final class Retry {

  private Retry() {}

  /**
   * @param sink its name
   * @return why the sink did not take it
   */
  public static Optional<Exception> give(
      ProducerTemplate template, TablePage page, String sink, String resource) {
    return Optional.ofNullable(
        template
            .send(Sinks.endpoint(sink), exchange -> OpenPage.lay(exchange, page, resource))
            .getException());
  }
}
