package io.kustomersync.sandbox.data;

/** Ids of the make-believe company that records of all kinds name. */
public final class CompanyIds {
  public static final String ORG = "5f651b02c887b30019380001";
  public static final String USER = "5f652db64624d30019500001";

  private CompanyIds() {}
}
