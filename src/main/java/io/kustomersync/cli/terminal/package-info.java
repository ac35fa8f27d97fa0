/** What is shown on a terminal: text that fits it and can't harm it. Knows nothing of Kustomer. */
package io.kustomersync.cli.terminal;
