package io.kustomersync.sandbox;

import io.kustomersync.sandbox.data.CompanyIds;
import io.kustomersync.sandbox.options.Klass;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code GET /v1/metadata/{resource}}: the custom fields that the templates have. */
final class Metadata {
  private static final Map<String, List<String>> FIELDS =
      Map.of(
          "customer",
          List.of(
              "loyaltyTierStr",
              "lifetimeValueNum",
              "lastOrderAt",
              "vipBool",
              "notesTxt",
              "accountUrl",
              "ordersId",
              "regionTree"),
          "conversation",
          List.of("reasonTree", "orderNumberNum"),
          "company",
          List.of("seatsNum", "planStr"),
          "message",
          List.of("botScoreNum", "intentStr"),
          "kobject",
          List.of(
              "orderNumberNum",
              "orderStatusStr",
              "totalPriceNum",
              "orderCreatedAt",
              "giftBool",
              "commentTxt",
              "trackingUrl",
              "warehouseId"));

  private Metadata() {}

  /** Classes that are not listed have none. */
  static Reply of(String resource, List<Klass> klasses) {
    boolean ofKlass =
        klasses.stream().anyMatch(k -> k.listed() && resource.equals("kobject." + k.name()));
    List<String> fields =
        Optional.ofNullable(FIELDS.get(ofKlass ? "kobject" : resource))
            .filter(found -> !resource.equals("kobject"))
            .orElseThrow(() -> RefusedCall.notFound("resource"));
    String properties = fields.stream().map(Metadata::property).collect(Collectors.joining(","));
    return Reply.json(
        200,
        """
        {"data":{"type":"metadata","id":"%1$s","attributes":{"properties":{%2$s}},"relationships":{"org":{"links":{"self":"/v1/orgs/%3$s"},"data":{"type":"org","id":"%3$s"}}},"links":{"self":"/v1/metadata/%1$s"}}}"""
            .formatted(resource, properties, CompanyIds.ORG));
  }

  private static String property(String name) {
    String definition;
    if (name.endsWith("Tree")) {
      definition =
          "\"tree\":{\"children\":[{\"id\":\"delivery\",\"displayName\":\"Delivery\",\"children\":"
              + "[{\"id\":\"late\",\"displayName\":\"Late\"}]}]},\"lastNodeRequired\":true";
    } else if (name.endsWith("Num")) {
      definition = "\"type\":\"number\"";
    } else if (name.endsWith("Bool")) {
      definition = "\"type\":\"boolean\"";
    } else if (name.endsWith("Id")) {
      definition = "\"type\":\"string\",\"target\":\"kobject.warehouse\",\"multi\":true";
    } else {
      definition = "\"type\":\"string\"";
    }
    return "\"" + name + "\":{" + definition + ",\"displayName\":\"" + name + "\"}";
  }
}
