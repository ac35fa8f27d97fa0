package io.kustomersync.sandbox.data;

/** Numbers that look random and follow from their input alone (SplitMix64). */
final class Noise {
  private Noise() {}

  static long of(long input) {
    long z = input + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  static long of(long a, long b) {
    return of(of(a) ^ (b * 0x9E3779B97F4A7C15L));
  }

  /** From 0 to {@code bound - 1}. */
  static int below(long noise, int bound) {
    return (int) ((noise >>> 33) * bound >>> 31);
  }
}
