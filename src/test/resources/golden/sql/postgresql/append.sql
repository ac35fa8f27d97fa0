INSERT INTO "crm"."customers" ("id", "_version", "name") VALUES (?, ?, ?), (?, ?, ?) ON
CONFLICT ("id") DO NOTHING
