package io.kustomersync.sink.database;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Java process of its own with the tests' classes. */
public final class OtherProcess {
  private OtherProcess() {}

  /**
   * @param main has a main method, which gets the folder
   */
  public static ProcessBuilder of(Class<?> main, Path folder, String... options) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of(options));
    line.addAll(List.of("-cp", System.getProperty("java.class.path")));
    line.addAll(List.of(main.getName(), folder.toString()));
    return new ProcessBuilder(line);
  }
}
