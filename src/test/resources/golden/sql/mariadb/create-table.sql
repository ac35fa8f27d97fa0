CREATE TABLE IF NOT EXISTS `crm`.`customers` (`id` VARCHAR(512) CHARACTER SET utf8mb4 COLLATE
utf8mb4_nopad_bin, `updated_at` DATETIME(6), `rev` BIGINT, `deleted` TINYINT(1),
`custom_size_num` DECIMAL(65, 30), `emails` LONGTEXT, `order` LONGTEXT, PRIMARY KEY (`id`))
ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 ROW_FORMAT = DYNAMIC
