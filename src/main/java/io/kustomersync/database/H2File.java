package io.kustomersync.database;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;

/** The file of an H2 database: customers' data, so nobody but its owner may read it. */
public final class H2File {
  private static final String URL = "jdbc:h2:file:";

  private H2File() {}

  /**
   * Makes the file, and the folders that are missing above it, before H2 would make them readable
   * as the process's umask says. What is there already stays as it is; so does all where
   * permissions are not known, as on Windows.
   */
  public static void make(String url) {
    if (!url.startsWith(URL)
        || !FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      return;
    }
    String name = url.substring(URL.length()).split(";", 2)[0];
    try {
      Path file = Path.of(ofUser(name) + ".mv.db");
      if (file.getParent() != null) {
        Files.createDirectories(file.getParent(), ownerOnly("rwx------"));
      }
      if (Files.notExists(file) && !url.toUpperCase(Locale.ROOT).contains("IFEXISTS")) {
        Files.createFile(file, ownerOnly("rw-------"));
      }
    } catch (IOException | InvalidPathException e) {
      // H2 is about to fail too, and says why.
    }
  }

  private static String ofUser(String name) {
    return name.startsWith("~") ? System.getProperty("user.home") + name.substring(1) : name;
  }

  private static FileAttribute<?> ownerOnly(String permissions) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
  }
}
