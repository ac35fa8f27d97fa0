/** What is looked at before a start: Kustomer, the tables, the database. Changes nothing there. */
package io.kustomersync.inspection;
