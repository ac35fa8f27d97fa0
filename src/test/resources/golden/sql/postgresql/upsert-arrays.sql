INSERT INTO "crm"."customers" AS stored ("id", "updated_at", "rev", "name") SELECT c1,
c2::timestamptz, c3, c4::jsonb FROM unnest(?::text[], ?::text[], ?::int8[], ?::text[]) AS
given (c1, c2, c3, c4) ON CONFLICT ("id") DO UPDATE SET "updated_at" = EXCLUDED."updated_at",
"rev" = EXCLUDED."rev", "name" = EXCLUDED."name" WHERE CASE WHEN EXCLUDED."updated_at" <
stored."updated_at" THEN FALSE WHEN EXCLUDED."updated_at" > stored."updated_at" THEN TRUE
WHEN EXCLUDED."rev" < stored."rev" THEN FALSE ELSE TRUE END
