COMMENT ON TABLE "crm"."customers" IS 'Kustomer''s customers, one row per record; kept up to
date by Kustomer Sync'
