/** Runs a sink's routes under bad conditions and tells whether it keeps what a sink promises. */
package io.kustomersync.verify;
