ALTER TABLE `crm`.`customers` COMMENT = 'Kustomer''s customers, one row per record; kept up
to date by Kustomer Sync'
