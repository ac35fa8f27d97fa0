/**
 * What a user can set: read from every source, checked, refused with the place and the way out.
 * Entry point: {@link io.kustomersync.settings.SettingsReader}. Knows neither Camel nor Kustomer's
 * API.
 */
package io.kustomersync.settings;
