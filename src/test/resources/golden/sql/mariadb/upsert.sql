INSERT INTO `crm`.`customers` (`id`, `updated_at`, `rev`, `name`) VALUES (?, ?, ?, ?), (?, ?,
?, ?) ON DUPLICATE KEY UPDATE `id` = IF(`id` = VALUES(`id`), `id`, NULL),
`name` = IF(CASE WHEN VALUES(`updated_at`) < `updated_at` THEN
FALSE WHEN VALUES(`updated_at`) > `updated_at` THEN TRUE WHEN VALUES(`rev`) < `rev` THEN
FALSE ELSE TRUE END, VALUES(`name`), `name`), `rev` = IF(CASE WHEN VALUES(`updated_at`) <
`updated_at` THEN FALSE WHEN VALUES(`updated_at`) > `updated_at` THEN TRUE WHEN VALUES(`rev`)
< `rev` THEN FALSE ELSE TRUE END, VALUES(`rev`), `rev`), `updated_at` = IF(CASE WHEN
VALUES(`updated_at`) < `updated_at` THEN FALSE WHEN VALUES(`updated_at`) > `updated_at` THEN
TRUE WHEN VALUES(`rev`) < `rev` THEN FALSE ELSE TRUE END, VALUES(`updated_at`), `updated_at`)
