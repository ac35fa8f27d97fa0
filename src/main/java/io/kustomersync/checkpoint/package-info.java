/** What is safely delivered, and where that is stored. Pure Java and JDBC; knows no Camel types. */
package io.kustomersync.checkpoint;
