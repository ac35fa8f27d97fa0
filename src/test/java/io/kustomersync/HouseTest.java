package io.kustomersync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jgrapht.Graph;
import org.jgrapht.Graphs;
import org.jgrapht.alg.connectivity.KosarajuStrongConnectivityInspector;
import org.jgrapht.graph.DefaultDirectedGraph;
import org.jgrapht.graph.DefaultEdge;
import org.junit.jupiter.api.Test;

/** The shape of the whole: sizes, rings, names, and the map in CONTRIBUTING.md. */
class HouseTest {

  private static final String ROOT = "io.kustomersync.";
  private static final Path MAIN = Path.of("src/main/java/io/kustomersync");
  private static final int LARGEST_RING = 4;
  private static final int PARTS = 8;

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.kustomersync");

  /** Whoever wants to change one file of a ring has to read them all. */
  @Test
  void noRingOfFilesIsLargerThanFour() {
    Map<String, Set<String>> uses = uses(HouseTest::file);
    List<Set<String>> rings =
        rings(uses).stream().filter(ring -> ring.size() > LARGEST_RING).toList();

    assertThat(rings)
        .as("files that need each other; let the smaller part not know the larger one")
        .isEmpty();
  }

  @Test
  void noPackageNeedsAnotherThatNeedsIt() {
    List<Set<String>> rings =
        rings(uses(JavaClass::getPackageName)).stream().filter(ring -> ring.size() > 1).toList();

    assertThat(rings).as("packages; move what both use to the lower one").isEmpty();
  }

  @Test
  void theBiggestPackageIsAnEighthOfTheCodeAtMost() {
    Map<String, Long> lines =
        sources(MAIN).stream()
            .collect(
                Collectors.groupingBy(
                    file -> MAIN.relativize(file).getParent().toString(),
                    TreeMap::new,
                    Collectors.summingLong(HouseTest::lines)));
    long all = lines.values().stream().mapToLong(Long::longValue).sum();

    assertThat(lines)
        .allSatisfy((name, count) -> assertThat(count * PARTS).as(name).isLessThan(all));
  }

  @Test
  void noTwoClassesHaveTheSameName() {
    Map<String, List<String>> places =
        Stream.of("src/main/java", "src/test/java", "src/it/java", "src/bench/java")
            .flatMap(root -> sources(Path.of(root)).stream())
            .filter(file -> !file.endsWith("package-info.java"))
            .collect(
                Collectors.groupingBy(
                    file -> file.getFileName().toString(),
                    TreeMap::new,
                    Collectors.mapping(Path::toString, Collectors.toList())));

    assertThat(places).allSatisfy((name, files) -> assertThat(files).as(name).hasSize(1));
  }

  /** Package, what it is, and the packages that it may use: the table under "Map". */
  @Test
  void theMapShowsEachPackageAndWhatItUses() throws IOException {
    Pattern row = Pattern.compile("^\\| `([a-z.]+)` \\| [^|]+ \\| ([^|]*) \\|$", Pattern.MULTILINE);
    Matcher rows = row.matcher(Files.readString(Path.of("CONTRIBUTING.md")));
    Map<String, Set<String>> map = new TreeMap<>();
    while (rows.find()) {
      Set<String> used = new TreeSet<>();
      Matcher name = Pattern.compile("`([a-z.]+)`").matcher(rows.group(2));
      while (name.find()) {
        used.add(name.group(1));
      }
      map.put(rows.group(1), used);
    }
    Map<String, Set<String>> real = new TreeMap<>();
    uses(JavaClass::getPackageName)
        .forEach(
            (from, to) ->
                real.put(
                    from.substring(ROOT.length()),
                    to.stream()
                        .map(name -> name.substring(ROOT.length()))
                        .collect(Collectors.toCollection(TreeSet::new))));

    assertThat(map.entrySet())
        .as("the table under \"Map\" in CONTRIBUTING.md")
        .containsExactlyElementsOf(
            real.entrySet().stream().map(each -> entry(each.getKey(), each.getValue())).toList());
  }

  private static Map<String, Set<String>> uses(Function<JavaClass, String> named) {
    Map<String, Set<String>> uses = new TreeMap<>();
    for (JavaClass from : CLASSES) {
      String name = named.apply(from);
      if (name.endsWith("package-info")) {
        continue;
      }
      Set<String> used = uses.computeIfAbsent(name, key -> new TreeSet<>());
      for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
        JavaClass to = dependency.getTargetClass().getBaseComponentType();
        if (to.getPackageName().startsWith(ROOT) && !named.apply(to).equals(name)) {
          used.add(named.apply(to));
        }
      }
    }
    return uses;
  }

  /** The file that a class stands in: its outermost class. */
  private static String file(JavaClass type) {
    String name = type.getName();
    int nested = name.indexOf('$');
    return nested < 0 ? name : name.substring(0, nested);
  }

  /** Those that need each other, each with all others of its ring. */
  private static List<Set<String>> rings(Map<String, Set<String>> uses) {
    Graph<String, DefaultEdge> graph = new DefaultDirectedGraph<>(DefaultEdge.class);
    uses.forEach((from, to) -> to.forEach(used -> Graphs.addEdgeWithVertices(graph, from, used)));
    return new KosarajuStrongConnectivityInspector<>(graph).stronglyConnectedSets();
  }

  private static List<Path> sources(Path root) {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long lines(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
