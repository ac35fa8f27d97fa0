/** What the database sink needs: statements and a writer. JDBC and jOOQ; knows no Camel types. */
package io.kustomersync.sink;
