package io.kustomersync.connector;

import io.kustomersync.route.QuartzFunction;
import io.kustomersync.settings.Settings;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.main.Main;

/** What Camel is told: options of its own, and what route files find as {@code {{kustomer.…}}}. */
record CamelProperties(Settings settings, String routes) {

  /** SIGTERM has 10 s in all: this long for the pages in hand, the rest to close up. */
  private static final Duration PAGE_IN_HAND = Duration.ofSeconds(8);

  static void placeholders(CamelContext context, Clock clock) {
    PropertiesComponent placeholders = (PropertiesComponent) context.getPropertiesComponent();
    placeholders.addPropertiesFunction(new QuartzFunction(clock));
    // What was checked counts; a variable of the same name would come first otherwise.
    placeholders.setSystemPropertiesMode(PropertiesComponent.SYSTEM_PROPERTIES_MODE_FALLBACK);
    placeholders.setEnvironmentVariableMode(
        PropertiesComponent.ENVIRONMENT_VARIABLES_MODE_FALLBACK);
  }

  void give(Main main) {
    main.configure()
        .withRoutesIncludePattern(routes)
        .withBasePackageScanEnabled(false)
        .withShutdownTimeout((int) PAGE_IN_HAND.toSeconds())
        .withShutdownLogInflightExchangesOnTimeout(false);
    // Camel would also take CAMEL_… variables and -Dcamel.…, past the checks of the settings.
    main.configure()
        .withAutoConfigurationEnvironmentVariablesEnabled(false)
        .withAutoConfigurationSystemPropertiesEnabled(false);
    main.setDefaultPropertyPlaceholderLocation("false");
    for (String category : List.of("ssl", "serialization", "dev")) {
      main.addInitialProperty("camel.security.insecure-" + category + "-policy", "fail");
    }
    main.addInitialProperty("kustomer.url", settings.connection().url().toString());
    main.addInitialProperty("kustomer.retries", Integer.toString(settings.connection().retries()));
    main.addInitialProperty("kustomer.raw", Boolean.toString(settings.columns().raw()));
    main.addInitialProperty("kustomer.resource", settings.connection().resource());
    main.addInitialProperty("kustomer.schedule", settings.reading().schedule().expression());
    main.addInitialProperty(
        "kustomer.max-answer-size", Long.toString(settings.connection().maxAnswerSize()));
    main.addInitialProperty(
        "kustomer.sink-routes",
        String.join(
            ",", settings.sinks().names().stream().map(sink -> "direct:sink-" + sink).toList()));
    // So that "marshal: json" can write a row's times.
    main.addInitialProperty("camel.dataformat.jackson.autoDiscoverObjectMapper", "true");
    main.addInitialProperty("kustomer.home", settings.home().toString());
    settings.sinks().options().forEach(main::addInitialProperty);
    settings.camel().properties().forEach(main::addInitialProperty);
  }
}
