package io.kustomersync.sink.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import io.kustomersync.schema.Column;
import io.kustomersync.schema.ColumnType;
import io.kustomersync.schema.TableSchema;
import io.kustomersync.sink.PageInfo;
import io.kustomersync.sink.database.OtherProcess;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileSinkTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2025-03-02T09:00:00Z"), ZoneOffset.UTC);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TableSchema SCHEMA = schema("customers");

  @TempDir Path folder;

  @Test
  void aPageBecomesAFileThatTheManifestDescribes() throws Exception {
    PageInfo page = write(sink(new JsonLines(), false), SCHEMA, row("a", 1), row("b", 2));

    Path file = folder.resolve("customers").resolve(page.id() + ".jsonl");
    JsonNode line = manifest("customers").get(0);
    assertThat(Files.readAllLines(file)).hasSize(2);
    assertThat(line.path("file").asText()).isEqualTo(file.getFileName().toString());
    assertThat(line.path("rows").asInt()).isEqualTo(2);
    assertThat(line.path("bytes").asLong()).isEqualTo(Files.size(file));
    assertThat(line.path("sha256").asText()).isEqualTo(sha256(file));
    assertThat(line.path("first_updated_at").asText()).isEqualTo("2025-03-01T09:00:00Z");
    assertThat(line.path("written_at").asText()).isEqualTo("2025-03-02T09:00:00Z");
  }

  @Test
  void jsonLinesKeepEveryDigitAndEmbedJson() throws Exception {
    Map<String, Object> row = row("a", 1);
    row.put("amount", new BigDecimal("1E+3"));
    row.put("raw", "{\"n\":12345678901234567890.10,\"s\":\"a\\nb\"}");
    row.put("name", null);
    PageInfo page = write(sink(new JsonLines(), false), SCHEMA, row);

    assertThat(folder.resolve("customers").resolve(page.id() + ".jsonl"))
        .content()
        .isEqualTo(
            "{\"id\":\"a\",\"updated_at\":\"2025-03-01T09:00:00Z\",\"rev\":1,\"name\":null,"
                + "\"amount\":1000,\"raw\":{\"n\":12345678901234567890.10,\"s\":\"a\\nb\"}}\n");
  }

  @Test
  void aReplayReplacesTheFileAndIsListedOnce() throws Exception {
    FileSink sink = sink(new JsonLines(), false);
    write(sink, SCHEMA, row("z", 1));
    PageInfo page = write(sink, SCHEMA, row("a", 1));
    Map<String, Object> later = row("a", 1);
    later.put("name", "other");

    PageInfo again = write(sink(new JsonLines(), false), SCHEMA, later);

    assertThat(again.id()).isEqualTo(page.id());
    assertThat(files("customers")).hasSize(4).contains("manifest.jsonl", ".lock");
    assertThat(manifest("customers")).hasSize(2);
    for (JsonNode line : manifest("customers")) {
      assertThat(line.path("sha256").asText())
          .isEqualTo(sha256(folder.resolve("customers").resolve(line.path("file").asText())));
    }
  }

  @Test
  void aFailureLeavesNothingHalfWritten() throws Exception {
    FileSink good = sink(new JsonLines(), false);
    PageInfo first = write(good, SCHEMA, row("a", 1));
    byte[] before = Files.readAllBytes(folder.resolve("customers/" + first.id() + ".jsonl"));
    FileSink full = sink(new DiskFull(), false);

    assertThatThrownBy(() -> write(full, SCHEMA, row("b", 1)))
        .isInstanceOf(IOException.class)
        .hasMessage("No space left on device");
    assertThatThrownBy(() -> write(full, SCHEMA, row("a", 1))).isInstanceOf(IOException.class);

    assertThat(files("customers"))
        .containsExactlyInAnyOrder("manifest.jsonl", ".lock", first.id() + ".jsonl");
    assertThat(folder.resolve("customers/" + first.id() + ".jsonl")).hasBinaryContent(before);
    assertThat(rowsListed()).containsExactly("a");
    write(good, SCHEMA, row("a", 1));
    assertThat(rowsListed()).containsExactly("a");
  }

  @Test
  void aManifestLineCutShortIsDropped() throws Exception {
    write(sink(new JsonLines(), false), SCHEMA, row("a", 1));
    Files.writeString(
        folder.resolve("customers/manifest.jsonl"), "{\"file\":\"hal", StandardOpenOption.APPEND);

    write(sink(new JsonLines(), false), SCHEMA, row("b", 1));

    assertThat(manifest("customers")).hasSize(2);
  }

  @Test
  void aPageThatComesAgainIsListedOnceHoweverItsLineIsWritten() throws Exception {
    write(sink(new JsonLines(), false), SCHEMA, row("a", 1));
    Path list = folder.resolve("customers/manifest.jsonl");
    Files.writeString(list, Files.readString(list).replace("{\"file\":", "{ \"file\" : "));

    write(sink(new JsonLines(), false), SCHEMA, row("a", 1));

    assertThat(manifest("customers")).hasSize(1);
  }

  /** In a process with 24 MB for everything; the list has 80 MB. */
  @Test
  void aLongListOfFilesTakesNoMemory() throws Exception {
    write(sink(new JsonLines(), false), SCHEMA, row("a", 1));
    Path list = folder.resolve("customers/manifest.jsonl");
    String line = Files.readString(list);
    try (Writer more = Files.newBufferedWriter(list, StandardOpenOption.APPEND)) {
      for (int i = 0; i < 250_000; i++) {
        more.write(line.replaceFirst("[0-9a-f]{32}", "%032x".formatted(i)));
      }
    }

    Process process =
        OtherProcess.of(FileSinkTest.class, folder, "-Xmx24m").redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(said).isZero();
    assertThat(manifest("customers")).hasSize(250_002);
  }

  /** Writes a page that is there, and one that is not. */
  public static void main(String[] arguments) throws IOException {
    FileSink sink = new FileSink(Path.of(arguments[0]), new JsonLines(), false, CLOCK);
    write(sink, SCHEMA, row("a", 1));
    write(sink, SCHEMA, row("b", 1));
  }

  /** As one that was frozen, overtaken and woken: it remembers what was there before. */
  @Test
  void whatAnotherProcessListedMeanwhileStaysListed() throws Exception {
    FileSink woken = sink(new JsonLines(), false);
    write(woken, SCHEMA, row("a", 1));
    write(woken, SCHEMA, row("b", 1));
    write(sink(new JsonLines(), false), SCHEMA, row("c", 1));

    write(woken, SCHEMA, row("a", 1));

    assertThat(rowsListed()).containsExactlyInAnyOrder("a", "b", "c");
  }

  @Test
  void aPageThatAnotherProcessWroteMeanwhileIsListedOnceAndAsItIs() throws Exception {
    FileSink woken = sink(new JsonLines(), false);
    write(woken, SCHEMA, row("a", 1));
    write(sink(new JsonLines(), false), SCHEMA, named("b", "by the other"));

    write(woken, SCHEMA, named("b", "by the woken one, which is longer"));

    assertThat(rowsListed()).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void ofTwoInTheMidstOfTheSamePageNeitherPutsTheOthersHalfInPlace() throws Exception {
    Frozen frozen = new Frozen();
    Frozen successor = new Frozen();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<?> first = threads.submit(() -> write(sink(frozen, false), SCHEMA, named("a", "x")));
      frozen.begun.await();
      Future<?> second =
          threads.submit(() -> write(sink(successor, false), SCHEMA, named("a", "longer")));
      successor.begun.await();
      frozen.goOn.countDown();
      await().until(first::isDone); // well or not: its page comes again from the other

      assertThat(
              Files.exists(folder.resolve("customers/manifest.jsonl")) ? rowsListed() : List.of())
          .isSubsetOf("a");
      successor.goOn.countDown();
      await().until(second::isDone);
    } finally {
      threads.shutdownNow();
    }

    write(sink(new JsonLines(), false), SCHEMA, named("a", "at last"));
    assertThat(rowsListed()).containsExactly("a");
    assertThat(files("customers")).noneMatch(file -> file.endsWith(".tmp"));
  }

  @Test
  void aFileTakesItsPlaceOnlyWhileNobodyElseChangesTheManifest() throws Exception {
    FileSink sink = sink(new JsonLines(), false);
    write(sink, SCHEMA, row("a", 1));
    CompletableFuture<Void> written = new CompletableFuture<>();
    Thread writer =
        new Thread(
            () -> {
              try {
                write(sink, SCHEMA, row("b", 1));
                written.complete(null);
              } catch (IOException e) {
                written.completeExceptionally(e);
              }
            });
    try (FolderLock held = FolderLock.take(folder.resolve("customers"))) {
      writer.start();
      await().until(() -> isIn(FolderLock.class, writer) || written.isDone());
      assertThat(written).isNotDone();
      assertThat(files("customers")).filteredOn(file -> file.endsWith(".jsonl")).hasSize(2);
    }

    written.get(30, TimeUnit.SECONDS);
    assertThat(rowsListed()).containsExactlyInAnyOrder("a", "b");
  }

  private static boolean isIn(Class<?> type, Thread thread) {
    return Stream.of(thread.getStackTrace())
        .anyMatch(frame -> frame.getClassName().equals(type.getName()));
  }

  @Test
  void whatAKilledProcessHadWrittenAsideIsTakenAway() throws Exception {
    Files.createDirectory(folder.resolve("customers"));
    Files.writeString(folder.resolve("customers/.0123.jsonl.89abcdef.tmp"), "{");

    PageInfo page = write(sink(new JsonLines(), false), SCHEMA, row("a", 1));

    assertThat(files("customers"))
        .containsExactlyInAnyOrder("manifest.jsonl", ".lock", page.id() + ".jsonl");
  }

  @Test
  void gzipGivesTheSameRows() throws Exception {
    PageInfo page = write(sink(new JsonLines(), true), SCHEMA, row("a", 1), row("b", 1));

    Path file = folder.resolve("customers").resolve(page.id() + ".jsonl.gz");
    try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      assertThat(new String(in.readAllBytes()).lines()).hasSize(2);
    }
    assertThat(manifest("customers").get(0).path("sha256").asText()).isEqualTo(sha256(file));
  }

  @Test
  void onlyTheOwnerReadsTheFiles() throws Exception {
    PageInfo page = write(sink(new JsonLines(), false), SCHEMA, row("a", 1));

    Path table = folder.resolve("customers");
    assertThat(permissions(table)).isEqualTo("rwx------");
    assertThat(permissions(table.resolve(page.id() + ".jsonl"))).isEqualTo("rw-------");
    assertThat(permissions(table.resolve("manifest.jsonl"))).isEqualTo("rw-------");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../evil", "/etc", "a/b", "..", ".", "c:x", "con", "lpt1", "a\\b", "", "a.", "A"})
  void noTableNameLeavesTheFolder(String table) {
    FileSink sink = sink(new JsonLines(), false);

    assertThatThrownBy(() -> write(sink, schema(table), row("a", 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("can't be the name of a folder");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aLinkInTheFolderIsNotFollowed(@TempDir Path elsewhere) throws Exception {
    Files.createSymbolicLink(folder.resolve("customers"), elsewhere);

    assertThatThrownBy(() -> write(sink(new JsonLines(), false), SCHEMA, row("a", 1)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is a symbolic link");
    assertThat(elsewhere).isEmptyDirectory();
  }

  @Test
  void csvHasAHeaderOfItsOwnAndTellsNullFromEmpty() throws Exception {
    Map<String, Object> empty = row("a", 1);
    empty.put("name", "");
    Map<String, Object> none = row("b", 2);
    none.put("name", null);
    none.put("raw", "{\"x\":\"a,b\"}");

    PageInfo page = write(sink(new CsvRows(true), false), SCHEMA, empty, none);

    assertThat(folder.resolve("customers").resolve(page.id() + ".csv"))
        .content()
        .isEqualTo(
            "id,updated_at,rev,name,amount,raw\n"
                + "a,2025-03-01T09:00:00Z,1,\"\",-5.50,{}\n"
                + "b,2025-03-01T09:00:00Z,2,,-5.50,\"{\"\"x\"\":\"\"a,b\"\"}\"\n");
  }

  @Test
  void rowsOfVanishedRecordsNameOnlyWhatChanges() throws Exception {
    TableSchema tags = schema("tags");
    Map<String, Object> gone = new LinkedHashMap<>(Map.of("id", "t1"));

    PageInfo page = write(sink(new CsvRows(true), false), tags, gone);

    assertThat(folder.resolve("tags").resolve(page.id() + ".csv")).content().isEqualTo("id\nt1\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"=1+1", "+1", "-2+3", "@sum(a)", "\tx", "\rx", "\nx", "'quoted", "a=b", "", "'"})
  void formulasAreGuardedAndComeBackWhole(String text) throws Exception {
    Map<String, Object> row = row("a", 1);
    row.put("name", text);

    String cell = nameCell(new CsvRows(true), row);
    String bare = nameCell(new CsvRows(false), row);

    assertThat(cell).doesNotMatch("(?s)[=+@\t\r\n-].*");
    assertThat(cell.startsWith("'") ? cell.substring(1) : cell).isEqualTo(text);
    assertThat(bare).isEqualTo(text);
  }

  private String nameCell(CsvRows format, Map<String, Object> row) throws IOException {
    PageInfo page = write(sink(format, false), SCHEMA, row);
    Path file = folder.resolve("customers").resolve(page.id() + ".csv");
    List<List<String>> lines =
        new CsvMapper()
            .readerForListOf(String.class)
            .with(CsvParser.Feature.WRAP_AS_ARRAY)
            .<List<String>>readValues(file.toFile())
            .readAll();
    return lines.get(1).get(3);
  }

  private FileSink sink(PageFormat format, boolean gzip) {
    return new FileSink(folder, format, gzip, CLOCK);
  }

  private static PageInfo write(FileSink sink, TableSchema schema, Map<String, Object> row)
      throws IOException {
    return write(sink, schema, List.of(row));
  }

  private static PageInfo write(
      FileSink sink, TableSchema schema, Map<String, Object> row, Map<String, Object> other)
      throws IOException {
    return write(sink, schema, List.of(row, other));
  }

  private static PageInfo write(FileSink sink, TableSchema schema, List<Map<String, Object>> rows)
      throws IOException {
    PageInfo page = PageInfo.of(schema, rows);
    sink.write(schema, page, rows);
    return page;
  }

  private static TableSchema schema(String table) {
    return new TableSchema(
        table,
        Stream.of("id", "updated_at", "rev", "name", "amount", "raw")
            .map(
                name ->
                    new Column(name, name.equals("raw") ? ColumnType.JSON : ColumnType.TEXT, name))
            .toList());
  }

  private static Map<String, Object> row(String id, long rev) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id", id);
    row.put("updated_at", OffsetDateTime.parse("2025-03-01T09:00:00Z"));
    row.put("rev", rev);
    row.put("name", "Ada");
    row.put("amount", new BigDecimal("-5.50"));
    row.put("raw", "{}");
    return row;
  }

  private static Map<String, Object> named(String id, String name) {
    Map<String, Object> row = row(id, 1);
    row.put("name", name);
    return row;
  }

  /** The ids in the files of the manifest, each of which is as its line says. */
  private List<String> rowsListed() throws Exception {
    List<String> ids = new ArrayList<>();
    for (JsonNode line : manifest("customers")) {
      Path file = folder.resolve("customers").resolve(line.path("file").asText());
      assertThat(line.path("sha256").asText()).as(line.toString()).isEqualTo(sha256(file));
      for (String row : Files.readAllLines(file)) {
        ids.add(parse(row).path("id").asText());
      }
    }
    return ids;
  }

  private List<JsonNode> manifest(String table) throws IOException {
    try (Stream<String> lines = Files.lines(folder.resolve(table).resolve("manifest.jsonl"))) {
      return lines.map(FileSinkTest::parse).toList();
    }
  }

  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new AssertionError(line, e);
    }
  }

  private List<String> files(String table) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(table))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static String sha256(Path file) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
  }

  /** Writes a little, then nothing until it is told to. */
  private static final class Frozen implements PageFormat {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final PageFormat whole = new JsonLines();

    @Override
    public String suffix() {
      return whole.suffix();
    }

    @Override
    public void write(TableSchema schema, List<Map<String, Object>> rows, OutputStream out)
        throws IOException {
      begun.countDown();
      try {
        goOn.await();
      } catch (InterruptedException e) {
        throw new InterruptedIOException();
      }
      whole.write(schema, rows, out);
    }
  }

  /** Writes a little, then fails. */
  private static final class DiskFull implements PageFormat {
    @Override
    public String suffix() {
      return "jsonl";
    }

    @Override
    public void write(TableSchema schema, List<Map<String, Object>> rows, OutputStream out)
        throws IOException {
      out.write('{');
      out.flush();
      throw new IOException("No space left on device");
    }
  }
}
