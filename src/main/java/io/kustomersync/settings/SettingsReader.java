package io.kustomersync.settings;

import static io.kustomersync.settings.SettingKeys.*;

import io.kustomersync.checkpoint.Lease;
import io.kustomersync.read.Backfill;
import io.kustomersync.schema.ColumnRules;
import io.kustomersync.settings.SettingSources.Entry;
import io.kustomersync.settings.Settings.Need;
import io.kustomersync.sink.database.DatabaseOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Reads {@link Settings} from, in rising order: defaults, {@code application.properties} in the
 * home folder, the environment ({@code kustomer.api-token} is {@code KUSTOMER_API_TOKEN}), {@code
 * --set}.
 */
public final class SettingsReader {
  private static final Pattern TABLE = Pattern.compile("[a-z][a-z0-9_]*");
  private static final Pattern SCHEMA = Pattern.compile("[a-z][a-z0-9_]{0,62}");
  private static final Pattern PREFIX = Pattern.compile("[a-z][a-z0-9_]{0,29}");
  private static final Pattern SINK = Pattern.compile("[a-z][a-z0-9-]*");
  private static final Pattern RESOURCE_NAME = Pattern.compile("[a-z][a-z0-9_-]{0,62}");
  private static final int LONGEST_SECRET = 65_536;
  private static final int LONGEST_SHOWN = 80;

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
    private final SettingSources sources;

    Reading(List<String> sets) {
      sources =
          configuration.isPresent()
              ? new SettingSources(configuration.get(), environment, problems)
              : new SettingSources(home, environment, sets, problems);
    }

    Settings settings(Set<Need> needs) {
      DatabaseAddress database = database();
      Path routes = value(ROUTES, home.resolve("routes"), text -> path(text));
      Settings settings =
          new Settings(
              home,
              routes,
              connection(),
              reading(),
              new StorageSettings(
                  database,
                  checkpoint(database),
                  layout(),
                  value(LEASE, Lease.TERM, SettingValues::lease)),
              new ColumnSettings(value(RAW, true, SettingValues::truth), columns()),
              sinks(routes),
              new CamelSettings(sources.camel()));
      missing(settings, needs);
      SettingsRules.check(settings, problems);
      if (!problems.isEmpty()) {
        throw new SettingsException(problems);
      }
      return settings;
    }

    private ConnectionSettings connection() {
      return new ConnectionSettings(
          value(
              RESOURCE,
              "default",
              text -> SettingValues.name(text, RESOURCE_NAME, "a-z, 0-9, _ and - only")),
          value(URL, URI.create("https://api.kustomerapp.com"), KustomerUrl::parse),
          secret(API_TOKEN, API_TOKEN_FILE, SettingValues::token),
          value(BUDGET_SHARE, 0.8, SettingValues::share),
          value(RETRIES, 8, SettingValues::retries),
          value(MAX_ANSWER_SIZE, 64L * 1024 * 1024, SettingValues::size));
    }

    private ReadingSettings reading() {
      return new ReadingSettings(
          value(
              TABLES,
              List.of("conversations", "customers", "kobjects"),
              text -> SettingValues.names(text, TABLE, "for example customers,conversations")),
          value(
              START_DATE,
              Optional.<Instant>empty(),
              text -> Optional.of(SettingValues.startDate(text, clock))),
          value(
              SCHEDULE,
              new Schedule.Every(Duration.ofMinutes(1)),
              text -> SettingValues.schedule(text, clock)),
          value(OVERLAP, Duration.ofMinutes(5), SettingValues::overlap),
          value(PAGE_SIZE, 500, SettingValues::pageSize),
          value(READ_AHEAD, 3, SettingValues::readAhead),
          value(BACKFILL, Backfill.SEARCH, SettingValues::backfill));
    }

    private SinkSettings sinks(Path routes) {
      return new SinkSettings(
          value(
              SINKS,
              List.of("database"),
              text -> SettingValues.names(text, SINK, "for example database,files")),
          new SinkOptionsReader(new RouteFiles(routes), this::fromFile, warnings)
              .read(sources.sinkOptions(), problems));
    }

    private void missing(Settings settings, Set<Need> needs) {
      if (needs.contains(Need.TOKEN) && !given(API_TOKEN) && !given(API_TOKEN_FILE)) {
        problems.add(
            sources.place()
                + ": kustomer.api-token is missing; set the environment variable"
                + " KUSTOMER_API_TOKEN, or name a file that holds it in kustomer.api-token-file");
      }
      if (needs.contains(Need.START_DATE) && !given(START_DATE)) {
        problems.add(
            sources.place()
                + ": kustomer.start-date is missing; write from when on to read, for example"
                + " kustomer.start-date=2017-01-25T00:00:00Z");
      }
    }

    private DatabaseOptions layout() {
      return new DatabaseOptions(
          value(
              DATABASE_SCHEMA,
              Optional.<String>empty(),
              text -> Optional.of(SettingValues.name(text, SCHEMA, "a-z, 0-9 and _ only"))),
          value(
              DATABASE_TABLE_PREFIX,
              "",
              text -> SettingValues.name(text, PREFIX, "a-z, 0-9 and _ only, 30 at most")),
          value(DATABASE_DELETES, DatabaseOptions.Deletes.MARK, SettingValues::deletes),
          value(DATABASE_HISTORY, false, SettingValues::truth));
    }

    private ColumnRules columns() {
      Optional<String> key =
          secret(COLUMNS_KEY, COLUMNS_KEY_FILE, SettingValues::key).map(Secret::value);
      boolean given = given(COLUMNS_KEY) || given(COLUMNS_KEY_FILE);
      List<ColumnRules.Rule> rules = new ColumnRulesReader(problems).read(sources.columns(), given);
      return rules.isEmpty() ? ColumnRules.NONE : new ColumnRules(rules, key, warnings);
    }

    private DatabaseAddress database() {
      String url = value(DATABASE_URL, JdbcUrl.ours(home), text -> JdbcUrl.check(text, home));
      return address(url, DATABASE_USER, DATABASE_PASSWORD, DATABASE_PASSWORD_FILE);
    }

    private DatabaseAddress checkpoint(DatabaseAddress database) {
      String url = value(CHECKPOINT_URL, database.url(), text -> JdbcUrl.check(text, home));
      DatabaseAddress own =
          address(url, CHECKPOINT_USER, CHECKPOINT_PASSWORD, CHECKPOINT_PASSWORD_FILE);
      boolean asDatabase = !given(CHECKPOINT_URL) && !given(CHECKPOINT_USER);
      return asDatabase
          ? new DatabaseAddress(
              database.url(), database.user(), own.password().or(database::password))
          : own;
    }

    private DatabaseAddress address(String url, String user, String password, String file) {
      String byDefault = JdbcUrl.isH2(url) ? "sa" : "";
      return new DatabaseAddress(
          url, value(user, byDefault, text -> text), secret(password, file, Secret::new));
    }

    /** A secret stands in its key or in a file; the higher source wins. */
    private Optional<Secret> secret(String key, String fileKey, Parser<Secret> parser) {
      Entry direct = sources.entries().get(key);
      Entry inFile = sources.entries().get(fileKey);
      if (direct != null && inFile != null && direct.rank() == inFile.rank()) {
        problems.add(
            direct.place()
                + ": "
                + direct.name()
                + " and "
                + inFile.name()
                + " are both set; remove one");
        return Optional.empty();
      }
      if (inFile != null && (direct == null || direct.rank() < inFile.rank())) {
        return value(fileKey, Optional.empty(), text -> fromFile(text, parser));
      }
      if (direct != null && direct.rank() == 3) {
        warnings.accept(
            "--set: "
                + key
                + " shows in the process list; use the environment variable "
                + variable(key)
                + " or "
                + fileKey
                + " instead");
      }
      return value(key, Optional.empty(), text -> Optional.of(parser.parse(text)));
    }

    private Secret fromFile(String name) throws Refusal {
      return fromFile(name, Secret::new).orElseThrow();
    }

    private Optional<Secret> fromFile(String name, Parser<Secret> parser) throws Refusal {
      Path file = path(name);
      try (InputStream in = Files.newInputStream(file)) {
        byte[] bytes = in.readNBytes(LONGEST_SECRET + 1);
        if (bytes.length > LONGEST_SECRET) {
          throw Refusal.of("is too large for a secret; let the file hold nothing else");
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        try {
          return Optional.of(parser.parse(text.replaceFirst("[\r\n]+\\z", "")));
        } catch (Refusal e) {
          throw Refusal.of("names a file whose content " + e.getMessage());
        }
      } catch (IOException e) {
        throw Refusal.of("can't be read; let this user read " + file);
      }
    }

    private boolean given(String key) {
      return sources.entries().containsKey(key);
    }

    private <T> T value(String key, T fallback, Parser<? extends T> parser) {
      Entry entry = sources.entries().get(key);
      if (entry == null) {
        return fallback;
      }
      boolean password = key.endsWith(".password");
      String text = password ? entry.value() : entry.value().strip();
      try {
        return parser.parse(text);
      } catch (Refusal refusal) {
        boolean quoted = refusal.quotable() && !SECRET.contains(key) && !text.contains("eyJ");
        problems.add(
            entry.place()
                + ": "
                + entry.name()
                + (quoted ? " \"" + shown(text) + "\" " : " ")
                + refusal.getMessage());
        return fallback;
      }
    }
  }

  private Path path(String text) throws Refusal {
    try {
      if (!text.isEmpty()) {
        return home.resolve(text).normalize();
      }
    } catch (java.nio.file.InvalidPathException e) {
      // said below
    }
    throw Refusal.of("is not a path; write one, relative to " + home + " or absolute");
  }

  @FunctionalInterface
  private interface Parser<T> {
    T parse(String text) throws Refusal;
  }

  /** Fit for a message: one line, no terminal escapes, not too long. */
  public static String shown(String text) {
    String plain = text.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]", "?");
    return plain.length() > LONGEST_SHOWN ? plain.substring(0, LONGEST_SHOWN) + "…" : plain;
  }
}
