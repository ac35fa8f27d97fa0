/**
 * The whole product from outside: the built distribution as a process of its own, the real routes,
 * a sandbox Kustomer, a database file. Needs {@code target/kustomer-sync}, which the package phase
 * makes.
 */
package io.kustomersync.it;
