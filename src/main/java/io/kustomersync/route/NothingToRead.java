package io.kustomersync.route;

import io.kustomersync.api.ApiRequest;
import io.kustomersync.api.Page;
import io.kustomersync.checkpoint.Checkpoint;
import io.kustomersync.read.Delivery;
import io.kustomersync.read.TableReader;
import java.util.List;
import java.util.OptionalLong;

/** A walk that is at its end from the beginning. */
record NothingToRead(Checkpoint checkpoint) implements TableReader {

  @Override
  public boolean done() {
    return true;
  }

  @Override
  public List<ApiRequest> plan() {
    return List.of();
  }

  @Override
  public Delivery accept(ApiRequest asked, Page page) {
    throw new IllegalStateException(checkpoint.table() + ": nothing was asked for");
  }

  @Override
  public OptionalLong remaining() {
    return OptionalLong.empty();
  }
}
