INSERT INTO `crm`.`customers` (`id`, `_version`, `name`) VALUES (?, ?, ?), (?, ?, ?) ON
DUPLICATE KEY UPDATE `id` = `id`
