package io.kustomersync.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {

  @ParameterizedTest
  @CsvSource({
    "createdAt, created_at",
    "externalURL, external_url",
    "SLABreached, sla_breached",
    "shopify-order, shopify_order",
    "address2Line, address2_line",
    "$init, init",
    "__a__b__, a_b",
    "größe, gr_e"
  })
  void namesBecomeSnakeCase(String source, String name) {
    assertThat(SnakeCase.of(source)).isEqualTo(name);
  }

  @Test
  void classesThatDifferOnlyInDashesKeepATableEachInAnyOrder() {
    KlassTables one = KlassTables.of(List.of("shopify-order", "shopify_order", "ShopifyOrder"));
    KlassTables other = KlassTables.of(List.of("ShopifyOrder", "shopify_order", "shopify-order"));

    assertThat(one).isEqualTo(other);
    assertThat(one.table("shopify_order")).contains("kobject_shopify_order");
    assertThat(one.tables().values()).doesNotHaveDuplicates().hasSize(3);
  }

  @Test
  void aClassKeepsItsTableWhenANearlyEqualOneIsAdded() {
    KlassTables before = KlassTables.of(List.of("shopify-order"));
    KlassTables after = before.with(List.of("shopify_order", "shopify-order", "order"));

    assertThat(after.table("shopify-order")).contains("kobject_shopify_order");
    assertThat(after.table("order")).contains("kobject_order");
    assertThat(after.table("shopify_order").orElseThrow()).startsWith("kobject_shopify_order_");
  }

  @Test
  void aClassIsReadFromTheTypeOfItsRecords() {
    assertThat(KlassTables.klassOf("kobject.shopify-order")).contains("shopify-order");
    assertThat(KlassTables.klassOf("customer")).isEmpty();
    assertThat(KlassTables.klassOf("kobject.")).isEmpty();
  }

  @Test
  void aTombstoneHasOnlyWhatChanges() {
    Clock clock = Clock.fixed(Instant.parse("2025-03-02T09:00:00Z"), ZoneOffset.UTC);

    assertThat(new RowMapper(true, clock).tombstone("u1"))
        .containsOnlyKeys("id", "deleted", "synced_at")
        .containsEntry("deleted", true);
  }

  @Test
  void aSchemaOfANewerFormatIsRefused() {
    assertThatThrownBy(() -> SchemaJson.read("{\"format\":2,\"table\":\"t\",\"columns\":[]}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("format 2");
  }

  @Test
  void aDamagedSchemaIsRefused() {
    for (String damaged :
        List.of("{", "[]", "{\"format\":1}", "{\"format\":1,\"columns\":[{}],\"table\":\"t\"}")) {
      assertThatThrownBy(() -> SchemaJson.read(damaged))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("damaged");
    }
  }
}
