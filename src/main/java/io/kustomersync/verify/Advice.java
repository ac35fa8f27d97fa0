package io.kustomersync.verify;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.NamedNode;
import org.apache.camel.model.AggregateDefinition;
import org.apache.camel.model.CatchDefinition;
import org.apache.camel.model.FilterDefinition;
import org.apache.camel.model.MulticastDefinition;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SplitDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.model.TryDefinition;
import org.apache.camel.model.WireTapDefinition;

/** Looks in the routes for what likely caused a finding, and says how to mend that. */
final class Advice {

  private final List<NamedNode> nodes = new ArrayList<>();

  Advice(List<RouteDefinition> routes) {
    routes.forEach(route -> collect(route.getOutputs()));
  }

  private void collect(List<ProcessorDefinition<?>> outputs) {
    for (ProcessorDefinition<?> node : outputs) {
      nodes.add(node);
      collect(node.getOutputs());
      if (node instanceof TryDefinition attempt && attempt.getCatchClauses() != null) {
        attempt.getCatchClauses().stream()
            .filter(clause -> !nodes.contains(clause))
            .forEach(nodes::add);
      }
    }
  }

  private <T extends NamedNode> List<T> all(Class<T> type) {
    return nodes.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** For a sink that returns while rows are under way. */
  String waiting() {
    for (WireTapDefinition<?> tap :
        all(WireTapDefinition.class).stream().map(tap -> (WireTapDefinition<?>) tap).toList()) {
      return "nobody waits for a wireTap" + line(tap) + "; write \"to\" in its place";
    }
    for (ToDefinition to : all(ToDefinition.class)) {
      if (to.getEndpointUri() != null && to.getEndpointUri().startsWith("seda:")) {
        return "nobody waits for a seda queue" + line(to) + "; write \"direct:\" in its place";
      }
    }
    for (AggregateDefinition aggregate : all(AggregateDefinition.class)) {
      return "an aggregate"
          + line(aggregate)
          + " keeps rows in memory until its group is complete; take it out, a page is a group"
          + " already";
    }
    return "let the route do everything in its own thread: \"to\" and \"direct:\"";
  }

  /** For a sink that returns though a step failed. */
  String throwing() {
    for (OnExceptionDefinition on : all(OnExceptionDefinition.class)) {
      if (isTrue(on.getContinued()) || isTrue(on.getHandled())) {
        return handling(on);
      }
    }
    for (CatchDefinition caught : all(CatchDefinition.class)) {
      return "a doCatch"
          + line(caught)
          + " takes the failure and lets the route go on; end it by throwing again, or store the"
          + " rows in it where they are safe";
    }
    for (SplitDefinition split : all(SplitDefinition.class)) {
      if (split.getAggregationStrategy() != null || split.getAggregationStrategyBean() != null) {
        return "the aggregationStrategy of the split"
            + line(split)
            + " throws failed rows' exceptions away; set stopOnException: true";
      }
    }
    for (MulticastDefinition multicast : all(MulticastDefinition.class)) {
      return "set stopOnException: true in the multicast" + line(multicast);
    }
    return "let exceptions leave the route";
  }

  /** For a route that just ends. */
  String handling() {
    for (OnExceptionDefinition on : all(OnExceptionDefinition.class)) {
      if (isTrue(on.getHandled())) {
        return handling(on);
      }
    }
    return "let exceptions leave the route; \"stop\" and handled: true end it without a word";
  }

  private static String handling(OnExceptionDefinition on) {
    String word = isTrue(on.getContinued()) ? "continued" : "handled";
    return "take "
        + word
        + ": true"
        + line(on)
        + " out; to put bad rows aside, use doTry and doCatch around the step that refuses them";
  }

  /** For rows that never arrive. */
  String dropping() {
    for (FilterDefinition filter : all(FilterDefinition.class)) {
      return "a filter"
          + line(filter)
          + " lets them go; send every row, deleted ones too, and let the receiver choose";
    }
    return "send every row, deleted ones and those with nulls too";
  }

  private static boolean isTrue(Object value) {
    return value != null && !value.toString().contains("false");
  }

  private static String line(NamedNode node) {
    return node.getLineNumber() > 0 ? " (line " + node.getLineNumber() + ")" : "";
  }
}
