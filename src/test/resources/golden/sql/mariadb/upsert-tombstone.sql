INSERT INTO `crm`.`customers` (`id`, `deleted`, `synced_at`) VALUES (?, ?, ?) ON DUPLICATE
KEY UPDATE `id` = IF(`id` = VALUES(`id`), `id`, NULL), `deleted` = VALUES(`deleted`), `synced_at` = VALUES(`synced_at`)
