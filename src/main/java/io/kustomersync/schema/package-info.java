/**
 * What a table looks like: names, types and how a record becomes a row. Pure Java; knows neither
 * Camel nor SQL.
 */
package io.kustomersync.schema;
