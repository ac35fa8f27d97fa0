package io.kustomersync.checkpoint;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * The process that works on a resource's checkpoints.
 *
 * @param host its host's name, for people
 * @param machine what tells whether its {@code pid} means anything here: Linux' boot and process
 *     namespace; empty elsewhere
 * @param started tells it from a later process with the same {@code pid}: Linux' start tick; empty
 *     elsewhere
 * @param since when it took the lease, by the database's clock
 */
public record LeaseHolder(String host, String machine, long pid, String started, Instant since) {

  private static final Path PROCESSES = Path.of("/proc");
  private static final int LONGEST_NAME = 255;

  /** This process. */
  public static LeaseHolder self(Instant since) {
    long pid = ProcessHandle.current().pid();
    Path own = PROCESSES.resolve(Long.toString(pid)).resolve("stat");
    return new LeaseHolder(hostName(), machineHere(), pid, Stat.read(own).started, since);
  }

  /** Whether it is this very process, whenever it took the lease. */
  public boolean isThisProcess() {
    return equals(self(since));
  }

  /**
   * Whether it has surely ended. Only a process of this very machine, boot and namespace can be
   * judged; of all others, and where {@code /proc} is hidden, the answer is no.
   */
  boolean isGone() {
    return !machine.isEmpty() && machine.equals(machineHere()) && isGone(PROCESSES);
  }

  private boolean isGone(Path processes) {
    if (!Files.exists(processes.resolve("1").resolve("stat"))) {
      return false; // /proc shows us only our own processes (hidepid)
    }
    Stat now = Stat.read(processes.resolve(Long.toString(pid)).resolve("stat"));
    return now.ended || !now.started.equals(started);
  }

  /** For messages. */
  @Override
  public String toString() {
    return "process " + pid + " on host " + host + ", since " + since;
  }

  private static String hostName() {
    String name = System.getenv("HOSTNAME");
    if (name == null || name.isBlank()) {
      try {
        name = InetAddress.getLocalHost().getHostName();
      } catch (UnknownHostException e) {
        name = "unknown";
      }
    }
    return name.substring(0, Math.min(name.length(), LONGEST_NAME));
  }

  private static String machineHere() {
    try {
      String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
      return boot + " " + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
    } catch (IOException | UnsupportedOperationException e) {
      return "";
    }
  }

  /**
   * What {@code /proc/<pid>/stat} says; a killed process that its parent has not buried is dead.
   */
  private record Stat(boolean ended, String started) {
    private static final Stat NONE = new Stat(true, "");

    static Stat read(Path file) {
      try {
        String line = Files.readString(file);
        // the name in parentheses may hold blanks; then follow state (3rd field) to start (22nd)
        String[] fields = line.substring(line.lastIndexOf(')') + 1).strip().split(" ");
        boolean dead = fields[0].equals("Z") || fields[0].equals("X");
        return new Stat(dead, fields[19]);
      } catch (IOException | IndexOutOfBoundsException e) {
        return NONE;
      }
    }
  }
}
