ALTER TABLE "crm"."customers" ADD COLUMN IF NOT EXISTS "na""m`e" text
