/**
 * What a sink lacks, holds too much or has grown old of, found in few calls. Pure Java; knows
 * neither Camel, HTTP nor databases.
 */
package io.kustomersync.audit;
