/**
 * The steps that routes call: from the exchange to a pure call and back. With {@code app} and
 * {@code karaf} the only package that knows Camel types; one class is one step.
 */
package io.kustomersync.route;
