ALTER TABLE "crm"."customers" ALTER COLUMN "vip" TYPE text USING "vip"::text
