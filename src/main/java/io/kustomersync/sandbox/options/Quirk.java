package io.kustomersync.sandbox.options;

/**
 * Ways in which Kustomer may differ from what the sandbox does by default. All are off unless named
 * in {@link SandboxOptions#with}. Most stand for a question that no public source answers
 * (kustomer-api.md §12).
 */
public enum Quirk {
  /** Records with the same {@code updatedAt} come in another order at each search. */
  UNSTABLE_TIES,
  /** {@code includeDeleted} also finds deleted messages and KObjects; by default they are gone. */
  ALL_DELETED_FINDABLE,
  /** A page size over the maximum is silently lowered instead of refused with 400. */
  CLAMP_PAGE_SIZE,
  /** A search page past the hard limit is 200 with no data instead of 400. */
  EMPTY_PAST_PAGE_LIMIT,
  /** 429 answers carry {@code Retry-After}. */
  RETRY_AFTER,
  /** The reset header comes with every answer, not only with a 429. */
  RESET_ON_SUCCESS,
  /** Search answers carry the numbers of the search pool instead of the org's. */
  SEARCH_POOL_HEADERS,
  /** {@code links.next} of lists is {@code ?page%5Bafter%5D=…} instead of a page number. */
  CURSOR_LINKS,
  /** Lists come in order of the last update instead of creation. */
  LISTS_BY_UPDATE,
  /** Answers are never compressed. */
  NO_GZIP,
  /** No rate limit is enforced; the headers still come. */
  NO_LIMITS
}
