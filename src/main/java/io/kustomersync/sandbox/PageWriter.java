package io.kustomersync.sandbox;

import io.kustomersync.sandbox.data.Hit;
import io.kustomersync.sandbox.data.World;
import io.kustomersync.sandbox.options.Quirk;
import java.util.List;
import java.util.OptionalLong;

/** Puts pages into their envelope (kustomer-api.md §2.2, §3.5). Thread-safe. */
final class PageWriter {
  private final World world;

  PageWriter(World world) {
    this.world = world;
  }

  /** A search page: total, uncapped links, and {@code next} even on the last readable page. */
  Reply search(Call call, Paging paging, SearchRun.Found found) {
    long pages = pages(found.total(), paging.size());
    StringBuilder out = new StringBuilder(found.hits().size() * 2200 + 500);
    out.append("{\"meta\":{");
    counts(out, paging);
    totals(out, found.total(), pages);
    out.append(",\"aggregations\":{},\"timed_out\":").append(call.timedOut()).append("},");
    data(out, call, found.hits());
    // Archive search gives the same links as live search (§3.6).
    String path = "/v1/customers/search";
    links(out.append(','), call, paging, path, paging.page() < pages, OptionalLong.of(pages));
    return Reply.json(200, out.append('}'));
  }

  /** A list; only customers have a total. */
  Reply list(Call call, Paging paging, String path, List<Hit> hits, boolean more, long total) {
    boolean counted = path.equals("/v1/customers");
    long pages = pages(total, paging.size());
    StringBuilder out = new StringBuilder(hits.size() * 2200 + 500);
    out.append("{\"meta\":{");
    counts(out, paging);
    if (counted) {
      totals(out, total, pages);
    }
    out.append("},");
    // The order of the top-level keys varies between endpoints (§2.2).
    boolean linksFirst = path.equals("/v1/messages");
    OptionalLong last = counted ? OptionalLong.of(pages) : OptionalLong.empty();
    if (linksFirst) {
      links(out, call, paging, path, more, last);
      data(out.append(','), call, hits);
    } else {
      data(out, call, hits);
      links(out.append(','), call, paging, path, more, last);
    }
    return Reply.json(200, out.append('}'));
  }

  Reply single(Hit hit) {
    StringBuilder out = new StringBuilder(2500).append("{\"data\":");
    world.writer().write(out, hit.store(), hit.version());
    return Reply.json(200, out.append('}'));
  }

  private static long pages(long total, int size) {
    return (total + size - 1) / size;
  }

  private static void counts(StringBuilder out, Paging paging) {
    out.append("\"pageSize\":").append(paging.size());
    out.append(",\"page\":").append(paging.page());
  }

  private static void totals(StringBuilder out, long total, long pages) {
    out.append(",\"total\":").append(total).append(",\"totalPages\":").append(pages);
  }

  private void data(StringBuilder out, Call call, List<Hit> hits) {
    out.append("\"data\":[");
    int count = Math.max(0, hits.size() - call.missingRows());
    for (int i = 0; i < count; i++) {
      if (i > 0) {
        out.append(',');
      }
      world.writer().write(out, hits.get(i).store(), hits.get(i).version());
    }
    out.append(']');
  }

  private void links(
      StringBuilder out, Call call, Paging paging, String path, boolean more, OptionalLong last) {
    int page = paging.page();
    boolean cursors = world.options().has(Quirk.CURSOR_LINKS) && !Call.isSearchPath(call.path());
    out.append("\"links\":{\"self\":\"").append(paging.link(path, call, page));
    out.append("\",\"first\":\"").append(paging.link(path, call, 1)).append("\",\"prev\":");
    link(out, page > 1, paging.link(path, call, page - 1));
    out.append(",\"next\":");
    link(
        out,
        more,
        cursors ? paging.cursorLink(path, call, page + 1) : paging.link(path, call, page + 1));
    last.ifPresent(
        pages -> {
          int number = (int) Math.max(1, Math.min(Integer.MAX_VALUE, pages));
          out.append(",\"last\":\"").append(paging.link(path, call, number)).append('"');
        });
    out.append('}');
  }

  private static void link(StringBuilder out, boolean present, String link) {
    if (present) {
      out.append('"').append(link).append('"');
    } else {
      out.append("null");
    }
  }
}
