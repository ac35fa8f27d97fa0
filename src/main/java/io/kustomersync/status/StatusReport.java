package io.kustomersync.status;

import io.kustomersync.checkpoint.Checkpoint;
import io.kustomersync.checkpoint.CheckpointException;
import io.kustomersync.checkpoint.CheckpointRepository;
import io.kustomersync.checkpoint.TableStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How all tables of a resource stand: the chosen ones in their order, then whatever else is stored.
 * Immutable.
 */
public record StatusReport(List<TableReport> tables) {
  public StatusReport {
    tables = List.copyOf(tables);
  }

  /**
   * @param chosen the tables of the settings
   * @param quarantined rows set aside, by table
   */
  public static StatusReport of(
      List<String> chosen,
      CheckpointRepository checkpoints,
      Map<String, Long> quarantined,
      Instant now) {
    Map<String, TableStatus> statuses =
        checkpoints.statuses().stream()
            .collect(Collectors.toMap(TableStatus::table, Function.identity()));
    Set<String> names = new LinkedHashSet<>(chosen);
    Stream.of(checkpoints.storedTables(), statuses.keySet(), quarantined.keySet())
        .flatMap(Collection::stream)
        .sorted()
        .forEach(names::add);
    return new StatusReport(
        names.stream()
            .map(
                name ->
                    table(
                        name,
                        checkpoints,
                        Optional.ofNullable(statuses.get(name)),
                        quarantined.getOrDefault(name, 0L),
                        now))
            .toList());
  }

  private static TableReport table(
      String name,
      CheckpointRepository checkpoints,
      Optional<TableStatus> status,
      long quarantined,
      Instant now) {
    Optional<Checkpoint> checkpoint = Optional.empty();
    Optional<String> damage = Optional.empty();
    try {
      checkpoint = checkpoints.find(name);
    } catch (CheckpointException e) {
      // One that can't be read must not hide how far the others are.
      damage = Optional.of(e.getMessage());
    }
    Optional<Instant> position = checkpoint.flatMap(Checkpoint::position);
    Optional<Instant> lastPoll = status.flatMap(TableStatus::lastPoll);
    return new TableReport(
        name,
        position,
        lag(position, lastPoll, now),
        // A poll is noted at its end; the checkpoint knows each page of one under way.
        Math.max(
            status.map(TableStatus::rows).orElse(0L),
            checkpoint.map(Checkpoint::delivered).orElse(0L)),
        quarantined,
        lastPoll,
        damage.or(() -> status.flatMap(TableStatus::lastError)),
        status.flatMap(TableStatus::lastErrorAt));
  }

  private static Optional<Duration> lag(
      Optional<Instant> position, Optional<Instant> lastPoll, Instant now) {
    return Stream.of(position, lastPoll)
        .flatMap(Optional::stream)
        .max(Instant::compareTo)
        .map(last -> last.isAfter(now) ? Duration.ZERO : Duration.between(last, now));
  }
}
