package io.kustomersync.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kustomersync.api.KustomerException.Refused;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NextLinkTest {

  private static final ApiRequest USERS = ApiRequest.get("/v1/users", "pageSize=500");

  private final NextLink links = new NextLink(URI.create("https://acme.api.kustomerapp.com"));

  @ParameterizedTest
  @CsvSource({
    "/v1/users?page=2&pageSize=500, page=2&pageSize=500",
    "/v1/users?page%5Bafter%5D=ab, page%5Bafter%5D=ab",
    "/v1/users?page[after]={x}, page[after]=%7Bx%7D",
    "https://acme.api.kustomerapp.com/v1/users?page=2, page=2",
    "HTTPS://ACME.api.kustomerapp.com:443/v1/users?page=2, page=2",
    "/v1/users, ''",
  })
  void followsLinksOnTheSameHost(String link, String query) {
    assertThat(links.after(USERS, link)).isEqualTo(ApiRequest.get("/v1/users", query));
  }

  @Test
  void repeatsASearchWithItsBodyOnItsPath() {
    ApiRequest search = ApiRequest.search("/v1/customers/archive/search", "page=1", "{}");
    assertThat(links.after(search, "/v1/customers/search?page=2&pageSize=100"))
        .isEqualTo(ApiRequest.search(search.path(), "page=2&pageSize=100", "{}"));
  }

  @Test
  void knowsAnAddressWithPortAndPath() {
    NextLink proxied = new NextLink(URI.create("http://localhost:8080/kustomer/"));
    assertThat(proxied.after(USERS, "http://localhost:8080/kustomer/v1/users?page=2").path())
        .isEqualTo("/v1/users");
    assertThatThrownBy(() -> proxied.after(USERS, "http://localhost:8080/v1/users"))
        .isInstanceOf(Refused.class);
    assertThatThrownBy(() -> proxied.after(USERS, "http://localhost/kustomer/v1/users"))
        .isInstanceOf(Refused.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "users?page=2",
        "?page=2",
        "/v2/users",
        "/v1",
        "/v1/",
        "//evil.example/v1/users",
        "///v1/users",
        "/v1//evil.example",
        "https://evil.example/v1/users",
        "https://acme.api.kustomerapp.com.evil.example/v1/users",
        "https://acme.api.kustomerapp.com@evil.example/v1/users",
        "https://user:pw@acme.api.kustomerapp.com/v1/users",
        "https://acme.api.kustomerapp.com:8443/v1/users",
        "https://acme.api.kustomerapp.com:443:443/v1/users",
        "http://acme.api.kustomerapp.com/v1/users",
        "http://acme.api.kustomerapp.com:443/v1/users",
        "https://acme.api.kustomerapp.com/v2/users",
        "https:/acme.api.kustomerapp.com/v1/users",
        "https://acme.api.kustomerapp.com\\@evil.example/v1/users",
        "https:\\\\evil.example/v1/users",
        "/v1/../admin",
        "/v1/users/..",
        "/v1/./users",
        "/v1/%2e%2e/admin",
        "/v1/%2E%2E%2fadmin",
        "/v1/users\\..",
        "/v1/users#x",
        "/v1/us ers",
        "/v1/users\r\nX-Evil: 1",
        "/v1/users?a=\u0000",
        "/v1/us\u00e9rs",
        "file:///v1/users",
        "javascript:alert(1)",
      })
  void refusesLinksThatLeadElsewhere(String link) {
    assertThatThrownBy(() -> links.after(USERS, link))
        .isInstanceOf(Refused.class)
        .hasMessageStartingWith("GET /v1/users: ")
        .hasMessageContaining("the token never leaves its host")
        .hasMessageNotContaining("\n");
  }
}
