package io.kustomersync.database;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseTest {

  /** As a container's DataSource may lead to, too. */
  @ParameterizedTest
  @CsvSource({
    "jdbc:h2:mem:k, GONE",
    "jdbc:h2:file:/srv/k, MAY_GO_BACK",
    "jdbc:h2:/srv/k, MAY_GO_BACK",
    "jdbc:h2:~/k, MAY_GO_BACK",
    "jdbc:h2:tcp://db/k, KEPT",
    "jdbc:h2:ssl://db/k, KEPT"
  })
  void onlyAFileOfThisProcessMayGoBack(String url, Durability durability) {
    assertThat(new H2().durability(url)).isEqualTo(durability);
  }

  @Test
  void noUrlIsOfTwoKinds() {
    for (Database database : Database.all()) {
      for (String scheme : database.schemes()) {
        assertThat(Database.ofUrl(scheme + "k")).contains(database);
      }
    }
  }
}
