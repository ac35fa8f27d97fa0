/**
 * The benchmark: {@code bench/run}. The connector, a straight-line reference and the local Kustomer
 * each in a process of its own; docs/evidence/performance.md tells what came out.
 */
package io.kustomersync.bench;
