package io.kustomersync.it.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/**
 * A bundle with a JMS client in it that gives the container a connection factory.
 *
 * @param service the type that the factory is registered under
 * @param factory class with a constructor that takes the URL
 * @param imported what it does not have inside
 */
public record FactoryBundle(
    String name, String service, String factory, String url, String imported, List<Path> jars) {

  /** Those of the test's own class path that have such a name. */
  public static List<Path> ofClassPath(String pattern) {
    return Arrays.stream(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
        .map(Path::of)
        .filter(jar -> jar.getFileName().toString().matches(pattern))
        .toList();
  }

  public Path writeTo(Path folder) throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Manifest-Version", "1.0");
    headers.put("Bundle-ManifestVersion", "2");
    headers.put("Bundle-SymbolicName", "it.factory." + name);
    headers.put("Bundle-Version", "1.0.0");
    headers.put("Bundle-Activator", FactoryActivator.class.getName());
    headers.put(
        "Bundle-ClassPath",
        ".,"
            + jars.stream()
                .map(jar -> jar.getFileName().toString())
                .collect(Collectors.joining(",")));
    headers.put("Import-Package", "org.osgi.framework,org.slf4j" + imported);
    headers.put("DynamicImport-Package", "*");
    headers.put("Factory-Class", factory);
    headers.put("Factory-Url", url);
    headers.put("Service-Type", service);
    headers.put("Service-Name", name);
    Manifest manifest = new Manifest();
    headers.forEach(
        (key, value) -> manifest.getMainAttributes().put(new Attributes.Name(key), value));
    Path bundle = folder.resolve("factory-" + name + ".jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(bundle), manifest)) {
      String activator = FactoryActivator.class.getName().replace('.', '/') + ".class";
      out.putNextEntry(new JarEntry(activator));
      try (InputStream in =
          FactoryActivator.class.getClassLoader().getResourceAsStream(activator)) {
        in.transferTo(out);
      }
      for (Path jar : jars) {
        out.putNextEntry(new JarEntry(jar.getFileName().toString()));
        Files.copy(jar, out);
      }
    }
    return bundle;
  }
}
