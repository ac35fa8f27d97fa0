package io.kustomersync.it.fire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** A distribution with the kill points and the jumping clock in its {@code lib/}. */
final class Armed {
  private static final List<Class<?>> PARTS =
      List.of(
          KillPoint.class,
          KillTrigger.class,
          WatchedDatabase.class,
          ClockJump.class,
          ClockJump.class.getDeclaredClasses()[0]);

  private Armed() {}

  /**
   * @return the home of the copy: its jars are links
   */
  static Path copyOf(Path home, Path folder) throws IOException {
    Path armed = Files.createDirectories(folder.resolve("armed"));
    for (String part : new String[] {"bin", "routes"}) {
      try (Stream<Path> files = Files.walk(home.resolve(part))) {
        for (Path file : files.toList()) {
          Files.copy(file, armed.resolve(home.relativize(file).toString()));
        }
      }
    }
    Files.copy(home.resolve("application.properties"), armed.resolve("application.properties"));
    Path lib = Files.createDirectories(armed.resolve("lib"));
    try (Stream<Path> jars = Files.list(home.resolve("lib"))) {
      for (Path jar : jars.toList()) {
        Files.createSymbolicLink(lib.resolve(jar.getFileName().toString()), jar);
      }
    }
    try (OutputStream out = Files.newOutputStream(lib.resolve("kill-points.jar"));
        JarOutputStream jar = new JarOutputStream(out)) {
      for (Class<?> type : PARTS) {
        String name = type.getName().replace('.', '/') + ".class";
        jar.putNextEntry(new ZipEntry(name));
        try (InputStream in = type.getClassLoader().getResourceAsStream(name)) {
          in.transferTo(jar);
        }
        jar.closeEntry();
      }
    }
    return armed;
  }
}
