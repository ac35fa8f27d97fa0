/** What a sandbox is made with: how much of what, which quirks of Kustomer, which tokens. */
package io.kustomersync.sandbox.options;
