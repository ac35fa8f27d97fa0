ALTER TABLE `crm`.`customers` MODIFY COLUMN `last_seen_at` LONGTEXT COMMENT 'kustomer-sync
widens this from TIMESTAMP'; UPDATE `crm`.`customers` SET `last_seen_at` =
CONCAT(REPLACE(TRIM(TRAILING '.' FROM TRIM(TRAILING '0' FROM `last_seen_at`)), ' ', 'T'),
'Z') WHERE `last_seen_at` REGEXP '^[0-9-]{10} [0-9:.]{15}$'; ALTER TABLE `crm`.`customers`
MODIFY COLUMN `last_seen_at` LONGTEXT
