package io.kustomersync.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kustomersync.settings.KustomerUrl;
import io.kustomersync.settings.Refusal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:8080",
        "http://LOCALHOST/",
        "http://127.0.0.1:1",
        "http://127.255.3.4",
        "http://[::1]:8080",
        "http://[0:0:0:0:0:0:0:1]"
      })
  void takesPlainHttpToThisHost(String url) throws Refusal {
    assertThat(KustomerUrl.parse(url)).hasScheme("http").hasPath("");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost.evil.com",
        "http://evil-localhost",
        "http://127.0.0.1.evil.com",
        "http://127.0.0.256",
        "http://127.1",
        "http://2130706433",
        "http://0.0.0.0",
        "http://10.0.0.1",
        "http://[::]",
        "http://[::2]",
        "http://[::ffff:8.8.8.8]",
        "http://api.kustomerapp.com#@localhost",
        "http://localhost@api.kustomerapp.com",
        "http://api.kustomerapp.com\\@localhost",
        "http:localhost",
        "ftp://localhost",
        "file:///etc/passwd",
        "//localhost",
        "localhost",
        "http://localhost:0",
        "http://localhost:70000",
        "http://localhost/v1",
        "http://localhost?a=b",
        ""
      })
  void refusesPlainHttpToAnyOtherAndWhatIsNoOrigin(String url) {
    assertThatThrownBy(() -> KustomerUrl.parse(url)).isInstanceOf(Refusal.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://api.kustomerapp.com",
        "https://api.prod2.kustomerapp.com/",
        "https://acme.api.kustomerapp.com:443"
      })
  void takesHttpsAnywhere(String url) throws Refusal {
    assertThat(KustomerUrl.parse(url)).hasScheme("https").hasPath("");
  }
}
