/**
 * A local stand-in for Kustomer that behaves as kustomer-api.md says, traps included. For the demo
 * and the tests; not used by the connector itself.
 */
package io.kustomersync.sandbox;
