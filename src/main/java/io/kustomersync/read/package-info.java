/**
 * Where to read next, so that nothing is lost: pages in, next request and rows to deliver out. Pure
 * Java; knows neither Camel, HTTP nor databases.
 */
package io.kustomersync.read;
