package io.kustomersync.sandbox.data;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kustomersync.sandbox.options.Klass;
import java.util.List;
import java.util.stream.IntStream;

/** The class definitions, which are few and kept as JSON. */
final class KlassRecords {
  private static final String TEMPLATE =
      """
      {"type":"klass","id":"%s","attributes":{"name":"%s","displayName":"%s","icon":"shopping","color":"","appDisabled":false,"status":"%s","mixins":["assignable"],"createdAt":"%s","updatedAt":"%s"},"relationships":{"org":{"links":{"self":"/v1/orgs/%s"},"data":{"type":"org","id":"%s"}},"kobjects":{"links":{"self":"/v1/klasses/%s"}}},"links":{"self":"/v1/klasses/%s"}}\
      """;

  private KlassRecords() {}

  /** Only the listed ones. */
  static List<ObjectNode> of(List<Klass> klasses, long createdAt) {
    return IntStream.range(0, klasses.size())
        .filter(i -> klasses.get(i).listed())
        .mapToObj(i -> record(klasses.get(i), i, createdAt))
        .toList();
  }

  private static ObjectNode record(Klass klass, int number, long createdAt) {
    StringBuilder time = new StringBuilder();
    IsoTime.append(time, createdAt);
    String id = "5826a39b0fcc2514%08x".formatted(number + 1);
    String org = CompanyIds.ORG;
    String name = klass.name();
    return HandMade.parse(
        TEMPLATE.formatted(
            id, name, name, klass.status(), time, time, org, org, klass.plural(), id));
  }
}
