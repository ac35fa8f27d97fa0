package io.kustomersync.verify;

/**
 * One way in which a sink is not safe.
 *
 * @param what what broke, and where
 * @param mend how to mend it
 */
public record Finding(Kind kind, String what, String mend) {

  /** What the sink did wrong. */
  public enum Kind {
    /** It fails though nothing is wrong. */
    FAILS,
    /** It returned while rows were still under way. */
    ACKS_EARLY,
    /** A step failed and it returned as if nothing had happened. */
    SWALLOWS,
    /** A step failed and the route just ended: neither done nor failed. */
    HANDLED,
    /** Rows never reached the place where they are stored. */
    DROPS,
    /** The same page again changed what is stored. */
    DOUBLES,
    /** An older version replaced a newer one. */
    GOES_BACK,
    /** After a kill rows were not there, though the page came again. */
    LOSES,
    /** A kill left half a file under the name of a whole one. */
    TORN
  }
}
