package io.kustomersync.settings;

import static io.kustomersync.settings.ColumnCatalogue.COLUMNS_KEY;
import static io.kustomersync.settings.DeliveryCatalogue.*;
import static io.kustomersync.settings.KustomerCatalogue.*;

import io.kustomersync.database.Database;
import io.kustomersync.schema.ColumnRules;
import io.kustomersync.settings.Settings.Need;
import io.kustomersync.sink.database.DatabaseOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads {@link Settings} from, in rising order: defaults, {@code application.properties} in the
 * home folder, the environment ({@code kustomer.api-token} is {@code KUSTOMER_API_TOKEN}), {@code
 * --set}.
 */
public final class SettingsReader {
  private final Path home;
  private final Map<String, String> environment;
  private final Clock clock;
  private final Consumer<String> warnings;
  private final Optional<Configuration> configuration;

  /**
   * @param home the distribution's folder
   * @param warnings told of what works but should be done otherwise
   */
  public SettingsReader(
      Path home, Map<String, String> environment, Clock clock, Consumer<String> warnings) {
    this(home, Optional.empty(), environment, clock, warnings);
  }

  /** The same, with a container's configuration in place of {@code application.properties}. */
  public SettingsReader(
      Path home,
      Configuration configuration,
      Map<String, String> environment,
      Clock clock,
      Consumer<String> warnings) {
    this(home, Optional.of(configuration), environment, clock, warnings);
  }

  private SettingsReader(
      Path home,
      Optional<Configuration> configuration,
      Map<String, String> environment,
      Clock clock,
      Consumer<String> warnings) {
    this.home = home.toAbsolutePath().normalize();
    this.configuration = configuration;
    this.environment = Map.copyOf(environment);
    this.clock = clock;
    this.warnings = warnings;
  }

  /**
   * @param sets the values of {@code --set}, each {@code key=value}; the last of a key counts
   * @param needs what must be there besides
   * @throws SettingsException with all faults at once
   */
  public Settings read(List<String> sets, Set<Need> needs) {
    return new Reading(sets).settings(needs);
  }

  /** One pass over the sources; collects the faults. */
  private final class Reading {
    private final List<String> problems = new ArrayList<>();
    private final SettingType.Context context = new SettingType.Context(home, clock);
    private final SettingSources sources;
    private final GivenSettings given;

    Reading(List<String> sets) {
      sources =
          configuration.isPresent()
              ? new SettingSources(configuration.get(), environment, problems)
              : new SettingSources(home, environment, sets, problems);
      given = new GivenSettings(sources, context, problems, warnings);
    }

    Settings settings(Set<Need> needs) {
      Path routes = given.value(ROUTES);
      Settings settings =
          new Settings(
              home,
              routes,
              connection(),
              reading(),
              storage(),
              new ColumnSettings(given.value(RAW), columns()),
              sinks(routes),
              new CamelSettings(sources.camel()));
      missing(needs);
      SettingsRules.check(settings, problems);
      if (!problems.isEmpty()) {
        throw new SettingsException(problems);
      }
      return settings;
    }

    private ConnectionSettings connection() {
      return new ConnectionSettings(
          given.value(RESOURCE),
          given.value(URL),
          given.secret(API_TOKEN),
          given.value(BUDGET_SHARE),
          given.value(RETRIES),
          given.value(MAX_ANSWER_SIZE));
    }

    private ReadingSettings reading() {
      return new ReadingSettings(
          given.value(TABLES),
          given.optional(START_DATE),
          given.value(SCHEDULE),
          given.value(OVERLAP),
          given.value(PAGE_SIZE),
          given.value(READ_AHEAD),
          given.value(BACKFILL));
    }

    private StorageSettings storage() {
      DatabaseAddress database =
          address(given.value(DATABASE_URL), DATABASE_USER, DATABASE_PASSWORD);
      return new StorageSettings(database, checkpoint(database), layout(), given.value(LEASE));
    }

    private DatabaseAddress checkpoint(DatabaseAddress database) {
      DatabaseAddress own =
          address(
              given.optional(CHECKPOINT_URL).orElse(database.url()),
              CHECKPOINT_USER,
              CHECKPOINT_PASSWORD);
      boolean asDatabase = !given.given(CHECKPOINT_URL) && !given.given(CHECKPOINT_USER);
      return asDatabase
          ? new DatabaseAddress(
              database.url(), database.user(), own.password().or(database::password))
          : own;
    }

    private DatabaseAddress address(String url, Setting<String> user, Setting<Secret> password) {
      String byDefault = Database.ofUrl(url).map(Database::defaultUser).orElse("");
      return new DatabaseAddress(
          url, given.optional(user).orElse(byDefault), given.secret(password));
    }

    private DatabaseOptions layout() {
      return new DatabaseOptions(
          given.optional(DATABASE_SCHEMA),
          given.optional(DATABASE_TABLE_PREFIX).orElse(""),
          given.value(DATABASE_DELETES),
          given.value(DATABASE_HISTORY));
    }

    private ColumnRules columns() {
      Optional<String> key = given.secret(COLUMNS_KEY).map(Secret::value);
      List<ColumnRules.Rule> rules =
          new ColumnRulesReader(problems).read(sources.columns(), given.given(COLUMNS_KEY));
      return rules.isEmpty() ? ColumnRules.NONE : new ColumnRules(rules, key, warnings);
    }

    private SinkSettings sinks(Path routes) {
      return new SinkSettings(
          given.value(SINKS),
          new SinkOptionsReader(new RouteFiles(routes), context, warnings)
              .read(sources.sinkOptions(), problems));
    }

    private void missing(Set<Need> needs) {
      if (needs.contains(Need.TOKEN) && !given.given(API_TOKEN)) {
        problems.add(
            sources.place()
                + ": kustomer.api-token is missing; set the environment variable"
                + " KUSTOMER_API_TOKEN, or name a file that holds it in kustomer.api-token-file");
      }
      if (needs.contains(Need.START_DATE) && !given.given(START_DATE)) {
        problems.add(
            sources.place()
                + ": kustomer.start-date is missing; write from when on to read, for example"
                + " kustomer.start-date=2017-01-25T00:00:00Z");
      }
    }
  }
}
