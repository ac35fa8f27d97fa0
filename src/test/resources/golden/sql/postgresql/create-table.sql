CREATE TABLE IF NOT EXISTS "crm"."customers" ("id" text, "updated_at" timestamptz, "rev"
bigint, "deleted" boolean, "custom_size_num" numeric, "emails" jsonb, "order" text, PRIMARY
KEY ("id"))
