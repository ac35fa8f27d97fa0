package io.kustomersync.verify;

import java.nio.file.Path;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.camel.NamedNode;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.ProcessDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.model.WireTapDefinition;

/**
 * A step of a route as the check sees it.
 *
 * @param id the same in each context that the files are loaded into; Camel's own ids are not
 * @param uri where it sends to; empty text if it does not
 */
record Step(String id, String kind, String uri, int line, String route, boolean leaf) {

  /** They stay within the program; what they are given is nowhere yet. */
  private static final Set<String> INNER =
      Set.of(
          "direct",
          "seda",
          "log",
          "mock",
          "stub",
          "language",
          "dataformat",
          "ref",
          "validator",
          "xslt",
          "controlbus",
          "disruptor",
          "vm",
          "browse",
          "bean",
          "class");

  /** They send by themselves, to where only they know. */
  private static final Set<String> ROUTERS =
      Set.of("recipientList", "routingSlip", "dynamicRouter", "enrich");

  /** What they write we can look at ourselves. */
  private static final Set<String> OURS = Set.of("jdbc", "sql");

  static Step of(NamedNode node, String route) {
    // A wire tap is a "to" with a queue in front.
    String uri =
        node instanceof ToDynamicDefinition to
            ? to.getUri()
            : node instanceof ToDefinition to ? to.getEndpointUri() : "";
    String kind = node instanceof WireTapDefinition ? "wireTap" : node.getShortName();
    boolean leaf =
        node instanceof ProcessorDefinition<?> processor && processor.getOutputs().isEmpty();
    String target = uri == null ? "" : uri;
    String id = String.join(" ", route, Integer.toString(node.getLineNumber()), kind, target);
    return new Step(id, kind, target, node.getLineNumber(), route, leaf);
  }

  static boolean delivers(NamedNode node) {
    return node instanceof ProcessDefinition
        || node instanceof BeanDefinition
        || node instanceof ToDefinition
        || node instanceof ToDynamicDefinition
        || ROUTERS.contains(node.getShortName());
  }

  String scheme() {
    int colon = uri.indexOf(':');
    return colon < 0 ? uri : uri.substring(0, colon);
  }

  /** Whether it hands rows to something outside the program. */
  boolean sends() {
    return !uri.isEmpty() && !INNER.contains(scheme()) && !kind.equals("wireTap");
  }

  /** Whether a stand-in can take its place, so that nothing leaves the host. */
  boolean leavesHost() {
    return sends() && !OURS.contains(scheme());
  }

  /** Whether it writes files into this folder, relative names taken from there. */
  boolean writesInto(Path folder, UnaryOperator<String> resolver) {
    String place = uri.replaceFirst("[?].*", "");
    if (!scheme().equals("file") || place.contains("${")) {
      return false;
    }
    place = resolver.apply(place).replaceFirst("^file:(//)?", "");
    return folder.resolve(place).normalize().startsWith(folder);
  }

  /** A Java step, which may store rows itself. */
  boolean computes() {
    return kind.equals("process")
        || ROUTERS.contains(kind)
        || kind.equals("bean")
        || scheme().equals("bean");
  }

  @Override
  public String toString() {
    String target = uri.isEmpty() ? "" : " " + uri.replaceAll("[?].*", "");
    return "\"" + kind + target + "\"" + (line > 0 ? " in line " + line : "");
  }
}
