INSERT INTO "crm"."customers" ("id", "_version", "name") SELECT c1, c2::timestamptz, c3 FROM
unnest(?::text[], ?::text[], ?::int8[]) AS given (c1, c2, c3) ON CONFLICT ("id", "_version")
DO NOTHING
