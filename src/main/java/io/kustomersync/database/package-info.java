/**
 * What is known of each kind of database besides the SQL of its sink: URLs, pool, checkpoint store,
 * server. The only place that knows products by name.
 */
package io.kustomersync.database;
