INSERT INTO `crm`.`customers` (`id`, `_version`, `name`) VALUES (?, ?, ?), (?, ?, ?) ON
DUPLICATE KEY UPDATE `id` = IF(`id` = VALUES(`id`), `id`, NULL)
