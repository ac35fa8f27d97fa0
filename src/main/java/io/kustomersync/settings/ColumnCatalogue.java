package io.kustomersync.settings;

import static io.kustomersync.settings.Section.COLUMNS;

import java.util.List;

/** The settings of columns and personal data. */
final class ColumnCatalogue {
  private static final Declarations DECLARED = new Declarations();

  static final SettingFamily COLUMN_RULES =
      DECLARED.add(
          new SettingFamily(
              COLUMNS,
              "kustomer.columns.<table>.<action>",
              "What becomes of columns: include, exclude (= drop), hash or mask. Names may hold *, for"
                  + " any characters.",
              List.of(
                  "kustomer.columns.customers.include=name,emails,custom_*",
                  "kustomer.columns.customers.exclude=raw",
                  "kustomer.columns.customers.hash=emails",
                  "kustomer.columns.*.mask=preview",
                  "kustomer.columns.messages.drop=meta_*")));

  static final Setting<Secret> COLUMNS_KEY =
      DECLARED.add(
          Setting.of(
              COLUMNS,
              "kustomer.columns.key",
              SettingType.secret(SecretValues::key),
              "What hashes are made with, 16 characters or more."));

  static final List<CatalogueEntry> ENTRIES = DECLARED.entries();

  private ColumnCatalogue() {}
}
