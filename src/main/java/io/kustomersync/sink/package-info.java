/** What the database sink needs: statements and a writer. JDBC only; knows no Camel types. */
package io.kustomersync.sink;
