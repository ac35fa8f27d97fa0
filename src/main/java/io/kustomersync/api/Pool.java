package io.kustomersync.api;

/**
 * The two allowances that Kustomer meters apart (kustomer-api.md §6): every call draws from {@link
 * #ORG}, and a search draws from {@link #SEARCH} as well.
 */
public enum Pool {
  /** All keys and users of the company together, 300 to 2,000 calls a minute by plan. */
  ORG,
  /** Searches by machine users, 100 a minute, on top of the org's limit. */
  SEARCH
}
