package io.kustomersync.read;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kustomersync.api.ApiRequest;
import io.kustomersync.api.KustomerException;
import io.kustomersync.api.KustomerRecord;
import io.kustomersync.api.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Kustomer's search as a plain model in virtual time: records that change while they are read, an
 * index that lags behind, an unstable order among equals, a live index of two years and an archive.
 * Nothing of it is shared with the sandbox, so that the two can't share a mistake.
 */
public final class ModelKustomer {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern PARAMETER = Pattern.compile("(page|pageSize)=(\\d+)");

  /** One version of a record, and from when on search shows it. */
  record Version(
      String id, Instant createdAt, Instant updatedAt, long rev, boolean deleted, Instant visible) {
    KustomerRecord toRecord() {
      return new KustomerRecord(
          "customer",
          id,
          Optional.of(updatedAt),
          Optional.of(createdAt),
          OptionalLong.of(rev),
          deleted,
          JSON.createObjectNode(),
          "{}");
    }
  }

  private final Random random;
  private final Map<String, List<Version>> history = new TreeMap<>();
  private final Map<String, Instant> erased = new HashMap<>();
  private Instant now;
  private int made;
  public int calls;
  public boolean unstable;

  /** The server gives no more than this, whatever is asked. */
  int largestPage = Integer.MAX_VALUE;

  /** The same for its list. */
  int largestListPage = Integer.MAX_VALUE;

  /** How its list is sorted, call by call. */
  Supplier<Comparator<Version>> listOrder = () -> Comparator.comparing(Version::id);

  /** What its list leaves out besides what is deleted. */
  Predicate<Version> unlisted = version -> false;

  /** Told what a page of its list shows, once that is on its way. */
  Consumer<List<Version>> listed = versions -> {};

  int listCalls;

  public ModelKustomer(Random random, Instant now) {
    this.random = random;
    this.now = now;
  }

  public Clock clock() {
    return new Clock() {
      @Override
      public Instant instant() {
        return now;
      }

      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }
    };
  }

  public void pass(Duration time) {
    now = now.plus(time);
  }

  public Instant now() {
    return now;
  }

  public int size() {
    return history.size();
  }

  public String create(Instant createdAt, Instant updatedAt) {
    return create(createdAt, updatedAt, Duration.ZERO);
  }

  public String create(Instant createdAt, Instant updatedAt, Duration lag) {
    String id = String.format("%024x", ++made);
    List<Version> versions = new ArrayList<>();
    versions.add(new Version(id, createdAt, updatedAt, 1, false, updatedAt.plus(lag)));
    history.put(id, versions);
    return id;
  }

  /** A record that search shows at once, whatever time it bears. */
  String createVisible(Instant createdAt, Instant updatedAt) {
    return create(createdAt, updatedAt, Duration.between(updatedAt, now));
  }

  /** Writes to a random record, now; search shows it after the lag. */
  public void changeOne(boolean delete, Duration lag) {
    List<String> ids = new ArrayList<>(history.keySet());
    change(ids.get(random.nextInt(ids.size())), delete, lag);
  }

  void change(String id, boolean delete, Duration lag) {
    List<Version> versions = history.get(id);
    Version last = versions.get(versions.size() - 1);
    versions.add(
        new Version(id, last.createdAt, now, last.rev + 1, delete || last.deleted, now.plus(lag)));
  }

  /** Takes it away without a trace: reads by id miss it at once, search after the lag. */
  public void erase(String id, Duration lag) {
    erased.putIfAbsent(id, now.plus(lag));
  }

  public List<String> ids() {
    return List.copyOf(history.keySet());
  }

  public boolean erased(String id) {
    return erased.containsKey(id);
  }

  /** By id or by search. */
  public Page ask(ApiRequest request) {
    if (request.body().isPresent()) {
      return answer(request);
    }
    calls++;
    String id = request.path().substring(request.path().lastIndexOf('/') + 1);
    List<Version> versions = history.get(id);
    if (versions == null || erased(id) || versions.get(versions.size() - 1).deleted) {
      throw new KustomerException.Refused(404, request + " answered 404");
    }
    return new Page(
        List.of(versions.get(versions.size() - 1).toRecord()),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** The truth: id → rev and whether deleted. */
  public Map<String, String> journal() {
    Map<String, String> truth = new HashMap<>();
    history.forEach(
        (id, versions) -> {
          Version last = versions.get(versions.size() - 1);
          truth.put(id, last.rev + (last.deleted ? " deleted" : ""));
        });
    return truth;
  }

  /** Of the newest version. */
  Instant updatedAt(String id) {
    List<Version> versions = history.get(id);
    return versions.get(versions.size() - 1).updatedAt;
  }

  /** The newest version that search shows by now. */
  private Optional<Version> visible(List<Version> versions) {
    Instant gone = erased.get(versions.get(0).id);
    if (gone != null && !gone.isAfter(now)) {
      return Optional.empty();
    }
    for (int i = versions.size() - 1; i >= 0; i--) {
      if (!versions.get(i).visible.isAfter(now)) {
        return Optional.of(versions.get(i));
      }
    }
    return Optional.empty();
  }

  /** The list: the state of now, without what is deleted, in pages that shift. */
  private Page list(int page, int pageSize) {
    listCalls++;
    List<Version> found = new ArrayList<>();
    for (List<Version> versions : history.values()) {
      Version last = versions.get(versions.size() - 1);
      if (!last.deleted && !erased(last.id) && !unlisted.test(last)) {
        found.add(last);
      }
    }
    found.sort(listOrder.get());
    int size = Math.min(pageSize, largestListPage);
    int from = Math.min(found.size(), (page - 1) * size);
    int to = Math.min(found.size(), from + size);
    List<Version> shown = List.copyOf(found.subList(from, to));
    listed.accept(shown);
    return new Page(
        shown.stream().map(Version::toRecord).toList(),
        OptionalLong.empty(),
        to < found.size() ? Optional.of("/v1/customers?page=" + (page + 1)) : Optional.empty(),
        Optional.empty());
  }

  public Page answer(ApiRequest request) {
    calls++;
    Matcher parameters = PARAMETER.matcher(request.query());
    int page = 1;
    int pageSize = 100;
    while (parameters.find()) {
      if (parameters.group(1).equals("page")) {
        page = Integer.parseInt(parameters.group(2));
      } else {
        pageSize = Integer.parseInt(parameters.group(2));
      }
    }
    if (request.body().isEmpty()) {
      return list(page, pageSize);
    }
    pageSize = Math.min(pageSize, largestPage);
    boolean archive = request.path().contains("archive");
    Instant cut = now.atOffset(ZoneOffset.UTC).minusYears(2).toInstant();
    Predicate<Version> wanted = wanted(request.body().orElseThrow());
    List<Version> found = new ArrayList<>();
    for (List<Version> versions : history.values()) {
      visible(versions)
          .filter(version -> version.updatedAt.isBefore(cut) == archive)
          .filter(wanted)
          .ifPresent(found::add);
    }
    if (unstable) {
      Collections.shuffle(found, random);
    }
    Comparator<Version> order = Comparator.comparing(Version::updatedAt);
    found.sort(request.body().orElseThrow().contains("\"desc\"") ? order.reversed() : order);
    int from = Math.min(found.size(), (page - 1) * pageSize);
    int to = Math.min(found.size(), page > 100 ? from : from + pageSize);
    return new Page(
        found.subList(from, to).stream().map(Version::toRecord).toList(),
        OptionalLong.of(found.size()),
        Optional.empty(),
        Optional.empty());
  }

  private static Predicate<Version> wanted(String body) {
    try {
      boolean deleted = JSON.readTree(body).path("includeDeleted").asBoolean();
      Predicate<Version> all = version -> deleted || !version.deleted;
      for (JsonNode clause : JSON.readTree(body).path("and")) {
        String attribute = clause.fieldNames().next();
        JsonNode condition = clause.get(attribute);
        Function<Version, Instant> value =
            attribute.endsWith("_created_at") ? Version::createdAt : Version::updatedAt;
        String operator = condition.fieldNames().next();
        Instant bound = Instant.parse(condition.get(operator).asText());
        all =
            all.and(
                switch (operator) {
                  case "gte" -> version -> !value.apply(version).isBefore(bound);
                  case "lt" -> version -> value.apply(version).isBefore(bound);
                  default -> throw new IllegalArgumentException(operator);
                });
      }
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
