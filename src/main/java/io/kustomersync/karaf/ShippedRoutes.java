package io.kustomersync.karaf;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.framework.Bundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The route files inside the bundle. */
final class ShippedRoutes {

  private static final Logger LOG = LoggerFactory.getLogger(ShippedRoutes.class);
  private static final String FOLDER = "routes";

  /** Path below {@code routes/} → where to read it. */
  private final Map<String, URL> files;

  ShippedRoutes(Map<String, URL> files) {
    this.files = Map.copyOf(files);
  }

  static ShippedRoutes of(Bundle bundle) {
    Map<String, URL> files = new TreeMap<>();
    Enumeration<URL> found = bundle.findEntries(FOLDER, "*.camel.yaml", true);
    if (found != null) {
      for (URL file : Collections.list(found)) {
        String path = file.getPath();
        files.put(path.substring(path.indexOf(FOLDER + "/") + FOLDER.length() + 1), file);
      }
    }
    return new ShippedRoutes(files);
  }

  /**
   * Copies what is not there. A file that is there stays as it is; if ours is another, it is put
   * beside as {@code <name>.new}, which nothing loads.
   */
  void copyTo(Path folder) throws IOException {
    for (Map.Entry<String, URL> file : new TreeMap<>(files).entrySet()) {
      Path target = folder.resolve(file.getKey());
      byte[] shipped = read(file.getValue());
      Path beside = target.resolveSibling(target.getFileName() + ".new");
      if (Files.notExists(target)) {
        write(target, shipped);
      } else if (holds(target, shipped)) {
        Files.deleteIfExists(beside);
      } else if (!holds(beside, shipped)) {
        write(beside, shipped);
        LOG.warn("{} is not as this version ships it; compare with {}", target, beside);
      }
    }
  }

  private static boolean holds(Path file, byte[] content) throws IOException {
    return Files.exists(file) && Arrays.equals(Files.readAllBytes(file), content);
  }

  private static void write(Path file, byte[] content) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, content);
  }

  private static byte[] read(URL file) throws IOException {
    try (InputStream in = file.openStream()) {
      return in.readAllBytes();
    }
  }
}
