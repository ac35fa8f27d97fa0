/** The database sink: tables that follow the rows, and a page in one transaction. JDBC only. */
package io.kustomersync.sink.database;
