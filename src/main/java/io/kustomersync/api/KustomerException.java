package io.kustomersync.api;

/**
 * Kustomer did not give what was asked for. The message is written for the person who runs the
 * connector: fact, place, way out; it never holds the token.
 */
public abstract sealed class KustomerException extends RuntimeException {

  private KustomerException(String message, Throwable cause) {
    super(message, cause);
  }

  /** 401, or a token of another region: nothing will work until the token is replaced. */
  public static final class Unauthorized extends KustomerException {
    public Unauthorized(String message) {
      super(message, null);
    }
  }

  /** 403: the key lacks a role. This table stops, others go on. */
  public static final class Forbidden extends KustomerException {
    public Forbidden(String message) {
      super(message, null);
    }
  }

  /** 400, 404 and other 4xx: asking again would bring the same. Carries the server's words. */
  public static final class Refused extends KustomerException {
    private final int status;

    public Refused(int status, String message) {
      super(message, null);
      this.status = status;
    }

    public int status() {
      return status;
    }
  }

  /** 429: others used the limit up. The budget waits; this is no fault. */
  public static final class RateLimited extends KustomerException {
    public RateLimited(String message) {
      super(message, null);
    }
  }

  /** 5xx, 408, a broken connection: asked again. */
  public static final class Unavailable extends KustomerException {
    public Unavailable(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** 200, but timed out, cut short, empty or not JSON: asked again, never accepted. */
  public static final class Incomplete extends KustomerException {
    public Incomplete(String message) {
      super(message, null);
    }
  }
}
