/**
 * How far a resource's tables are, in one form for command line, container shell and page. Pure
 * Java.
 */
package io.kustomersync.status;
