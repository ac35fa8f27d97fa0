package io.kustomersync.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Looks at a route file before Camel does: what YAML can hold besides routes (tags that name
 * classes, references that multiply, a key that is there twice, of which one would be lost without
 * a word) is refused. What is not YAML at all is left to Camel, whose words are good.
 */
final class RouteText {

  private static final long LARGEST = 1024 * 1024;
  private static final long MOST_NODES = 100_000;
  private static final Set<Tag> PLAIN =
      Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.MAP, Tag.SEQ);

  private final Path file;
  private final List<String> problems = new ArrayList<>();
  private final Map<Node, Long> sizes = new IdentityHashMap<>();

  private RouteText(Path file) {
    this.file = file;
  }

  /**
   * @return a line for each fault: file, line, what it is, the way out
   */
  static List<String> problems(Path file) {
    RouteText text = new RouteText(file);
    text.look();
    return text.problems;
  }

  private void look() {
    try {
      if (Files.size(file) > LARGEST) {
        problems.add(file + ": is larger than 1 MB; no file of routes is. Split it, or remove it");
        return;
      }
      Optional<Node> root;
      try (InputStream in = Files.newInputStream(file)) {
        root = new Compose(LoadSettings.builder().build()).composeInputStream(in);
      }
      if (root.isPresent() && size(root.get()) > MOST_NODES) {
        problems.add(
            file
                + ": its references (*name) make more than 100,000 parts of it; write out what is"
                + " meant");
      }
    } catch (MarkedYamlEngineException e) {
      // Camel will say it, with line and column.
    } catch (YamlEngineException e) {
      problems.add(file + ": " + e.getMessage() + "; write out what the references stand for");
    } catch (IOException e) {
      problems.add(file + ": can't be read; let this user read it as UTF-8 text");
    }
  }

  /** How many nodes there are when each reference stands for a copy. */
  private long size(Node node) {
    Long known = sizes.get(node);
    if (known != null) {
      return known;
    }
    // As long as it is looked into: what refers to itself has no end.
    sizes.put(node, MOST_NODES + 1);
    if (!PLAIN.contains(node.getTag())) {
      problem(
          node,
          "the tag "
              + MessageText.shown(node.getTag().getValue())
              + " would make an object of it; remove the tag");
    }
    if (node instanceof ScalarNode value) {
      try {
        CamelSettings.checkLogin(value.getValue());
      } catch (Refusal refusal) {
        problem(node, refusal.getMessage());
      }
    }
    long size = 1;
    if (node instanceof MappingNode mapping) {
      Set<String> keys = new HashSet<>();
      for (NodeTuple field : mapping.getValue()) {
        Node key = field.getKeyNode();
        if (key instanceof ScalarNode name && !keys.add(name.getValue())) {
          problem(
              key,
              "\""
                  + MessageText.shown(name.getValue())
                  + "\" is there already, and one of the two would be lost; remove one");
        }
        size += size(key) + size(field.getValueNode());
      }
    } else if (node instanceof SequenceNode list) {
      for (Node item : list.getValue()) {
        size += size(item);
      }
    }
    size = Math.min(size, MOST_NODES + 1);
    sizes.put(node, size);
    return size;
  }

  private void problem(Node node, String fact) {
    String line = node.getStartMark().map(mark -> ":" + (mark.getLine() + 1)).orElse("");
    problems.add(file + line + ": " + fact);
  }
}
