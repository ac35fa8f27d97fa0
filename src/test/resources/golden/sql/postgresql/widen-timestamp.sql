ALTER TABLE "crm"."customers" ALTER COLUMN "last_seen_at" TYPE text USING
regexp_replace(to_char("last_seen_at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
'\.?0*$', '') || 'Z'
