INSERT INTO "crm"."customers" AS stored ("id", "deleted", "synced_at") VALUES (?, ?, ?) ON
CONFLICT ("id") DO UPDATE SET "deleted" = EXCLUDED."deleted", "synced_at" =
EXCLUDED."synced_at"
