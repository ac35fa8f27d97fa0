package io.kustomersync.settings;

import java.util.Optional;

/**
 * Where a database is and who we are there.
 *
 * @param url checked by {@link JdbcUrl}; holds no password
 * @param user empty for the driver's own default
 * @param password empty for none
 */
public record DatabaseAddress(String url, String user, Optional<Secret> password) {}
