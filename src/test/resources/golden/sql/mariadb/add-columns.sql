ALTER TABLE `crm`.`customers` ADD COLUMN `na"m``e` LONGTEXT
