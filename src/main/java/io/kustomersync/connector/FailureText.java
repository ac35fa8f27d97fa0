package io.kustomersync.connector;

import io.kustomersync.api.KustomerException;
import io.kustomersync.settings.SettingsException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;

/** What a failure's chain of causes says, without repetition, and the way out where we know it. */
public final class FailureText {
  private static final int MOST_LINES = 20;
  private static final int DEEPEST = 20;

  private FailureText() {}

  public static List<String> lines(Throwable failure) {
    if (failure instanceof SettingsException settings) {
      return settings.problems();
    }
    List<Throwable> chain = chain(failure);
    Set<String> said = new LinkedHashSet<>();
    for (Throwable link : chain) {
      message(link)
          .lines()
          .map(String::stripTrailing)
          .filter(line -> !line.isBlank() && !line.strip().startsWith("at "))
          .filter(line -> said.stream().noneMatch(before -> before.contains(line.strip())))
          .forEach(said::add);
    }
    List<String> lines = new ArrayList<>(said.stream().limit(MOST_LINES).toList());
    boolean ofKustomer = chain.stream().anyMatch(KustomerException.class::isInstance);
    chain.stream()
        .map(link -> ofKustomer ? wayToKustomer(link) : wayOut(link))
        .flatMap(Optional::stream)
        .findFirst()
        .ifPresent(lines::add);
    return lines;
  }

  private static List<Throwable> chain(Throwable failure) {
    List<Throwable> chain = new ArrayList<>();
    for (Throwable link = failure;
        link != null && chain.size() < DEEPEST && !chain.contains(link);
        link = link.getCause()) {
      chain.add(link);
    }
    return chain;
  }

  private static String message(Throwable link) {
    String message = link.getMessage();
    if (message == null || message.isBlank()) {
      return link.getClass().getSimpleName();
    }
    // Else it would be only the name of the host or file.
    if (link instanceof UnknownHostException) {
      return "unknown host " + message.replaceAll(":.*", "");
    }
    if (link instanceof NoSuchFileException) {
      return "there is no file " + message;
    }
    if (link instanceof AccessDeniedException || link.getClass() == FileSystemException.class) {
      return "no access to " + message;
    }
    return message;
  }

  private static Optional<String> wayToKustomer(Throwable link) {
    if (link instanceof UnknownHostException) {
      return Optional.of("Check the name in kustomer.url, and the DNS.");
    }
    if (link instanceof SSLException) {
      return Optional.of(
          "TLS failed: check the host in kustomer.url and whether this Java trusts its"
              + " certificate.");
    }
    if (link instanceof SocketException || link instanceof InterruptedIOException) {
      return Optional.of("Check kustomer.url, and whether this host may reach it.");
    }
    return Optional.empty();
  }

  private static Optional<String> wayOut(Throwable link) {
    String said = message(link).toLowerCase(Locale.ROOT);
    String state =
        link instanceof SQLException sql && sql.getSQLState() != null ? sql.getSQLState() : "";
    if (said.contains("may be already in use") || said.contains("database is already closed")) {
      return Optional.of(
          "Another process holds the database: stop it, or name another place in"
              + " kustomer.database.url and kustomer.checkpoint.url.");
    }
    if (said.contains("no suitable driver")) {
      return Optional.of("Put the jar of the database's JDBC driver into lib/.");
    }
    if (state.startsWith("28")) {
      return Optional.of(
          "Check kustomer.database.user and KUSTOMER_DATABASE_PASSWORD (kustomer.checkpoint.… for"
              + " the checkpoints).");
    }
    if (said.contains("file corrupted") || state.equals("90030")) {
      return Optional.of(
          "The database file is damaged: restore it from a backup, or move it away and sync"
              + " again.");
    }
    if (link instanceof AccessDeniedException
        || said.contains("permission denied")
        || said.contains("read-only file system")
        || said.contains("notdirectoryexception")
        || said.contains("log file error")
        || said.contains("error while creating file")) {
      return Optional.of(
          "Let this user write there, or name another place in kustomer.database.url.");
    }
    if (link instanceof ConnectException || state.startsWith("08")) {
      return Optional.of(
          "Nothing answers there: check that it is up, and kustomer.database.url and"
              + " kustomer.checkpoint.url.");
    }
    if (link instanceof UnknownHostException) {
      return Optional.of("Check the name in the database URLs, and the DNS.");
    }
    if (link instanceof SSLException) {
      return Optional.of("TLS failed: check whether this Java trusts the database's certificate.");
    }
    return Optional.empty();
  }
}
