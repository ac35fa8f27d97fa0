/**
 * What every kind of sink shares: the page that it is given, a row as JSON, how a row is refused.
 * Pure Java; knows no Camel types.
 */
package io.kustomersync.sink;
