package io.kustomersync.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The distribution against HTTPS servers that it must not trust with the token. All certificates
 * but the self-signed one are by an authority that its Java trusts, so that nothing else is wrong.
 */
class TlsIT {

  private static final String PASSWORD = "changeit";

  @TempDir static Path keys;
  @TempDir Path folder;

  @BeforeAll
  static void makeCertificates() throws Exception {
    keytool(
        "-genkeypair",
        "-alias",
        "ca",
        "-keystore",
        "ca.p12",
        "-dname",
        "CN=Test CA",
        "-ext",
        "bc:c",
        "-validity",
        "3650");
    keytool("-exportcert", "-alias", "ca", "-keystore", "ca.p12", "-file", "ca.crt");
    keytool(
        "-importcert", "-noprompt", "-alias", "ca", "-keystore", "trust.p12", "-file", "ca.crt");
    signed("good", "localhost", "-1d", "30");
    signed("expired", "localhost", "-20d", "10");
    signed("future", "localhost", "+5d", "10");
    signed("elsewhere", "api.kustomerapp.com", "-1d", "30");
    keytool(
        "-genkeypair",
        "-alias",
        "server",
        "-keystore",
        "self.p12",
        "-dname",
        "CN=localhost",
        "-ext",
        "san=dns:localhost");
  }

  private static void signed(String name, String host, String start, String days) throws Exception {
    String store = name + ".p12";
    keytool("-genkeypair", "-alias", "server", "-keystore", store, "-dname", "CN=" + host);
    keytool("-certreq", "-alias", "server", "-keystore", store, "-file", name + ".csr");
    keytool(
        "-gencert",
        "-alias",
        "ca",
        "-keystore",
        "ca.p12",
        "-infile",
        name + ".csr",
        "-outfile",
        name + ".crt",
        "-ext",
        "san=dns:" + host,
        "-startdate",
        start,
        "-validity",
        days);
    keytool("-importcert", "-noprompt", "-alias", "ca", "-keystore", store, "-file", "ca.crt");
    keytool("-importcert", "-alias", "server", "-keystore", store, "-file", name + ".crt");
  }

  private static void keytool(String... arguments) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    line.addAll(List.of(arguments));
    line.addAll(List.of("-storepass", PASSWORD));
    if (arguments[0].equals("-genkeypair")) {
      line.addAll(List.of("-keyalg", "RSA", "-keysize", "2048"));
    }
    Path said = keys.resolve("keytool.log");
    Process process =
        new ProcessBuilder(line)
            .directory(keys.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    assertThat(process.waitFor()).as(Files.readString(said)).isZero();
  }

  private Distribution distribution(int port) {
    return new Distribution(folder)
        .with("kustomer.url", "https://localhost:" + port)
        .with("kustomer.tables", "tags")
        .environment(
            "KUSTOMER_SYNC_JAVA_OPTS",
            "-Djavax.net.ssl.trustStore="
                + keys.resolve("trust.p12")
                + " -Djavax.net.ssl.trustStorePassword="
                + PASSWORD);
  }

  private TlsServer serverWith(String name) throws Exception {
    return new TlsServer(keys.resolve(name + ".p12"), PASSWORD);
  }

  @Test
  void aGoodCertificateIsTaken() throws Exception {
    try (TlsServer server = serverWith("good")) {
      Outcome sync = distribution(server.port()).run("sync");

      assertThat(sync.code()).as(sync.toString()).isZero();
      assertThat(server.requests()).isPositive();
    }
  }

  @Test
  void expiredSelfSignedAndOthersCertificatesAreRefusedBeforeTheTokenIsSent() throws Exception {
    for (String name : List.of("expired", "future", "self", "elsewhere")) {
      try (TlsServer server = serverWith(name)) {
        Outcome check = distribution(server.port()).run("check");

        assertThat(check.code()).as(name).isEqualTo(1);
        assertThat(check.out())
            .as(name)
            .contains("TLS failed: check the host in kustomer.url and whether this Java trusts");
        assertThat(server.requests()).as(name).isZero();
      }
    }
  }

  /** No variable of the environment and no system property of Camel's switches the checks off. */
  @Test
  void nothingBesideTheSettingsSwitchesTheChecksOff() throws Exception {
    try (TlsServer server = serverWith("self")) {
      Distribution distribution = distribution(server.port());
      distribution.environment("CAMEL_SSL_ENABLED", "true");
      distribution.environment("CAMEL_SSL_TRUSTALLCERTIFICATES", "true");
      distribution.environment("CAMEL_COMPONENT_HTTPS_USEGLOBALSSLCONTEXTPARAMETERS", "true");
      distribution.environment("CAMEL_SECURITY_POLICY", "allow");
      distribution.environment(
          "KUSTOMER_SYNC_JAVA_OPTS",
          "-Dcamel.ssl.enabled=true -Dcamel.ssl.trustAllCertificates=true"
              + " -Dcamel.security.insecure-ssl-policy=allow"
              + " -Dcamel.component.https.useGlobalSslContextParameters=true");

      assertThat(distribution.run("check").out()).contains("TLS failed: ");
      assertThat(server.requests()).isZero();

      Outcome refused = distribution.with("camel.ssl.trustAllCertificates", "true").run("check");
      assertThat(refused.code()).isEqualTo(2);
      assertThat(refused.err()).contains("--set: camel.ssl.trustAllCertificates could break");
    }
  }

  @Test
  void versionsOfTlsThatAreBrokenAreNotSpokenEvenIfJavaWould() throws Exception {
    Path relaxed =
        Files.writeString(
            keys.resolve("relaxed.security"),
            "jdk.tls.disabledAlgorithms=NULL\njdk.certpath.disabledAlgorithms=MD2\n");
    String option = "-Djava.security.properties=" + relaxed;
    for (String version : List.of("TLSv1", "TLSv1.1")) {
      Process server =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  option,
                  "-cp",
                  System.getProperty("java.class.path"),
                  TlsServer.class.getName(),
                  keys.resolve("good.p12").toString(),
                  PASSWORD,
                  version)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      try (BufferedReader out = server.inputReader()) {
        String[] started = out.readLine().split(" ", 2);
        assertThat(started[1]).as("what the server speaks").isEqualTo(version);
        Distribution distribution = distribution(Integer.parseInt(started[0]));
        distribution.environment(
            "KUSTOMER_SYNC_JAVA_OPTS",
            option
                + " -Djavax.net.ssl.trustStore="
                + keys.resolve("trust.p12")
                + " -Djavax.net.ssl.trustStorePassword="
                + PASSWORD);

        Outcome check = distribution.run("check");

        assertThat(check.code()).as(check.toString()).isEqualTo(1);
        assertThat(check.out()).contains("TLS failed: ");
        server.getOutputStream().close();
        assertThat(out.readLine()).as("requests").isEqualTo("0");
      } finally {
        server.destroyForcibly();
      }
    }
  }
}
