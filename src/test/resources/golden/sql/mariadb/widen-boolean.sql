ALTER TABLE `crm`.`customers` MODIFY COLUMN `vip` LONGTEXT COMMENT 'kustomer-sync widens this
from BOOLEAN'; UPDATE `crm`.`customers` SET `vip` = IF(`vip` = '0', 'false', 'true') WHERE
`vip` IN ('0', '1'); ALTER TABLE `crm`.`customers` MODIFY COLUMN `vip` LONGTEXT
