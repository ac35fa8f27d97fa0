package io.kustomersync.sandbox;

/**
 * Something that goes wrong with the next calls that match. Immutable; made by one of the factories
 * and narrowed by {@link #times}, {@link #onPath}, {@link #onBody}, {@link #onPage}. Without those
 * it hits the very next call to the API, once.
 *
 * @param kind what goes wrong
 * @param number status, bytes, rows or milliseconds, by kind
 * @param rateHeaders whether the answer has the {@code x-ratelimit-*} headers
 * @param times how many calls it hits
 * @param path part of the path; empty for any
 * @param body part of the request body; empty for any
 * @param page value of {@code page}, 1 when a call has none; 0 for any
 */
public record Fault(
    Kind kind, int number, boolean rateHeaders, int times, String path, String body, int page) {

  /** What goes wrong. */
  public enum Kind {
    /** A JSON error; 429 as the API would send it. */
    STATUS,
    /** An HTML page from the edge with a 5xx status. */
    HTML_STATUS,
    /** The connection ends before any header. */
    DROP,
    /** The body ends early although {@code Content-Length} promised more. */
    CUT,
    /** {@code meta.timed_out: true} and fewer rows, HTTP 200. */
    TIMED_OUT,
    /** Fewer rows than {@code total} says, nothing else wrong. */
    FEWER_ROWS,
    /** HTTP 200 without a body. */
    EMPTY,
    /** HTTP 200 with an HTML page. */
    HTML,
    /** The right JSON, then more. */
    TRAILING,
    /** Late. */
    SLOW,
    /** Nothing at all for a while, as of a connection whose other end is gone; then it ends. */
    SILENT,
    /** The body comes byte by byte, with a pause after each. */
    DRIP
  }

  private static Fault of(Kind kind, int number) {
    return new Fault(kind, number, true, 1, "", "", 0);
  }

  /** A JSON error with this status, e.g. 401, 403, 429, 500. */
  public static Fault status(int status) {
    return of(Kind.STATUS, status);
  }

  /** HTML with this 5xx status. */
  public static Fault html(int status) {
    return of(status == 200 ? Kind.HTML : Kind.HTML_STATUS, status);
  }

  public static Fault drop() {
    return of(Kind.DROP, 0);
  }

  /** Only {@code bytes} of the body arrive. */
  public static Fault cut(int bytes) {
    return of(Kind.CUT, bytes);
  }

  /** {@code rows} rows are missing and {@code timed_out} says so. */
  public static Fault timedOut(int rows) {
    return of(Kind.TIMED_OUT, rows);
  }

  /** {@code rows} rows are missing and nothing says so. */
  public static Fault fewerRows(int rows) {
    return of(Kind.FEWER_ROWS, rows);
  }

  public static Fault empty() {
    return of(Kind.EMPTY, 0);
  }

  public static Fault trailing() {
    return of(Kind.TRAILING, 0);
  }

  public static Fault slow(int millis) {
    return of(Kind.SLOW, millis);
  }

  /** No answer: nothing arrives for so long, then the connection ends. */
  public static Fault silent(int millis) {
    return of(Kind.SILENT, millis);
  }

  /** The headers at once, then a byte of the body every so many milliseconds. */
  public static Fault drip(int millis) {
    return of(Kind.DRIP, millis);
  }

  public Fault times(int calls) {
    return new Fault(kind, number, rateHeaders, calls, path, body, page);
  }

  public Fault withoutRateHeaders() {
    return new Fault(kind, number, false, times, path, body, page);
  }

  /** Only calls whose path contains this. */
  public Fault onPath(String part) {
    return new Fault(kind, number, rateHeaders, times, part, body, page);
  }

  /** Only calls whose body contains this. */
  public Fault onBody(String part) {
    return new Fault(kind, number, rateHeaders, times, path, part, page);
  }

  /** Only calls for this page. */
  public Fault onPage(int number) {
    return new Fault(kind, this.number, rateHeaders, times, path, body, number);
  }

  boolean hits(String callPath, String callBody, String callPage) {
    return callPath.contains(path)
        && callBody.contains(body)
        && (page == 0 || callPage.equals(Integer.toString(page)));
  }
}
