package io.kustomersync.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsRulesTest {

  @TempDir Path home;

  private void read(String... sets) {
    List<String> all = new ArrayList<>(List.of(sets));
    all.add("kustomer.routes=" + Path.of("routes").toAbsolutePath());
    new SettingsReader(home, Map.of(), Clock.systemUTC(), warning -> {}).read(all, Set.of());
  }

  private List<String> refused(String... sets) {
    return catchThrowableOfType(SettingsException.class, () -> read(sets)).problems();
  }

  @Test
  void rowsInMemoryWithPositionsThatOutliveThemAreRefused() {
    String rows = "kustomer.database.url=jdbc:h2:mem:rows";

    assertThat(refused(rows, "kustomer.checkpoint.url=jdbc:h2:file:data/positions"))
        .singleElement()
        .asString()
        .startsWith("kustomer.database.url names a database in memory, but kustomer.checkpoint.url")
        .contains("remove kustomer.checkpoint.url, or write jdbc:h2:file:<path> for the rows");
    assertThat(refused(rows, "kustomer.checkpoint.url=jdbc:h2:mem:positions")).hasSize(1);
    read(rows);
    read(rows, "kustomer.checkpoint.url=jdbc:h2:mem:rows");
    read(rows, "kustomer.checkpoint.url=jdbc:h2:file:data/positions", "kustomer.sinks=jsonl");
  }

  @Test
  void aFirstLoadThroughBothPoolsNeedsTwoQuestionsUnderWay() {
    assertThat(refused("kustomer.backfill=both", "kustomer.read-ahead=1"))
        .singleElement()
        .asString()
        .startsWith("kustomer.backfill is both, but kustomer.read-ahead lets only one")
        .contains("write 2 or more there, or kustomer.backfill=search");
    read("kustomer.backfill=both");
    read("kustomer.backfill=search", "kustomer.read-ahead=1");
  }

  @Test
  void rowsInAnH2FileWithPositionsElsewhereAreRefused() {
    String rows = "kustomer.database.url=jdbc:h2:file:data/rows";

    for (String elsewhere :
        List.of("jdbc:h2:file:data/positions", "jdbc:postgresql://db/positions")) {
      assertThat(refused(rows, "kustomer.checkpoint.url=" + elsewhere))
          .singleElement()
          .asString()
          .startsWith("kustomer.checkpoint.url keeps the positions apart from the rows")
          .contains("remove kustomer.checkpoint.url, or keep the rows in PostgreSQL or MariaDB");
    }
    read(rows);
    read(rows, "kustomer.checkpoint.url=jdbc:h2:file:data/../data/rows");
    read(rows, "kustomer.checkpoint.url=jdbc:h2:file:data/positions", "kustomer.sinks=jsonl");
    read(
        "kustomer.database.url=jdbc:postgresql://db/rows",
        "kustomer.checkpoint.url=jdbc:h2:file:data/positions");
  }

  @Test
  void twoFileSinksInOneFolderAreRefused() {
    String jsonl = "kustomer.sink.jsonl.folder=data/files";

    assertThat(
            refused(
                "kustomer.sinks=jsonl,csv", jsonl, "kustomer.sink.csv.folder=./data/x/../files"))
        .containsExactly(
            "kustomer.sink.jsonl.folder and kustomer.sink.csv.folder are one folder, and each sink"
                + " would list its files as the only ones there; write another for one of them");
    assertThat(refused("kustomer.sinks=jsonl,csv", "kustomer.sink.csv.folder=data/jsonl"))
        .hasSize(1);
    read("kustomer.sinks=jsonl,csv", jsonl);
    read("kustomer.sinks=jsonl", jsonl, "kustomer.sink.csv.folder=data/files");
  }
}
