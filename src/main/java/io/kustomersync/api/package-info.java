/**
 * What Kustomer's HTTP API says and asks for: requests, answers, pages, errors, limits. Pure Java;
 * it knows neither Camel nor databases.
 */
package io.kustomersync.api;
