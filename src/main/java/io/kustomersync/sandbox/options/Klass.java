package io.kustomersync.sandbox.options;

/**
 * One class of custom objects.
 *
 * @param name e.g. {@code shopify-order}
 * @param status {@code enabled}, {@code disabled} or {@code existing_only}
 * @param count how many KObjects it has from the start
 * @param listed false for a class that appears in the data but not under {@code /v1/klasses}
 */
public record Klass(String name, String status, int count, boolean listed) {

  /** A listed class. */
  public static Klass of(String name, String status, int count) {
    return new Klass(name, status, count, true);
  }

  /** As paths and links write it. */
  public String plural() {
    return name + "s";
  }
}
