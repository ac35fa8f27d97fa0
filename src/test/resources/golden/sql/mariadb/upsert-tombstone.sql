INSERT INTO `crm`.`customers` (`id`, `deleted`, `synced_at`) VALUES (?, ?, ?) ON DUPLICATE
KEY UPDATE `deleted` = VALUES(`deleted`), `synced_at` = VALUES(`synced_at`)
