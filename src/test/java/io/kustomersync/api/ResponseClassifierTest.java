package io.kustomersync.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kustomersync.api.KustomerException.Forbidden;
import io.kustomersync.api.KustomerException.Incomplete;
import io.kustomersync.api.KustomerException.RateLimited;
import io.kustomersync.api.KustomerException.Refused;
import io.kustomersync.api.KustomerException.Unauthorized;
import io.kustomersync.api.KustomerException.Unavailable;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseClassifierTest {

  private static final ApiRequest USERS = ApiRequest.get("/v1/users", "pageSize=500");
  private static final ApiRequest SEARCH =
      ApiRequest.search("/v1/customers/search", "page=1", "{\"secret\":1}");
  private static final String HTML = "<html><body>Attention Required</body></html>";

  private final ResponseClassifier sorter = new ResponseClassifier();

  private static Answer answer(int status, String body) {
    return new Answer(status, Map.of(), body.getBytes(UTF_8));
  }

  private <E extends KustomerException> E error(ApiRequest request, Answer answer, Class<E> kind) {
    E error = catchThrowableOfType(kind, () -> sorter.page(request, answer));
    assertThat(error).isNotNull();
    assertThat(error.getMessage()).startsWith(request.method() + " " + request.path());
    return error;
  }

  @Test
  void givesThePageOfAGoodAnswer() {
    assertThat(sorter.page(USERS, answer(200, "{\"data\":[{\"id\":\"1\"}]}")).records()).hasSize(1);
  }

  @Test
  void namesThePlaceOfABadPage() {
    assertThat(error(USERS, answer(200, HTML), Incomplete.class)).hasMessageContaining("web page");
    assertThat(error(USERS, answer(200, "{\"data\":[{}]}"), Refused.class))
        .hasMessageContaining("data[0] has no id");
    assertThat(error(USERS, answer(204, ""), Incomplete.class)).hasMessageContaining("204");
  }

  @Test
  void tellsAnExpiredTokenFromABadOne() {
    String expired = "{\"errors\":[{\"status\":401,\"title\":\"Expired token\"}]}";
    assertThat(error(USERS, answer(401, expired), Unauthorized.class))
        .hasMessageContaining("has expired")
        .hasMessageContaining("Settings > Security > API Keys");
    assertThat(error(USERS, answer(401, ""), Unauthorized.class))
        .hasMessageContaining("missing or not valid")
        .hasMessageContaining("Settings > Security > API Keys");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404})
  void saysWhichAddressATokenOfAnotherRegionNeeds(int status) {
    String body =
        "{\"errors\":[{\"title\":\"Auth token associated with pod prod2 but request is being"
            + " handled by prod1\"}]}";
    assertThat(error(USERS, answer(status, body), Unauthorized.class))
        .hasMessageContaining("kustomer.url")
        .hasMessageContaining("https://api.prod2.kustomerapp.com");
  }

  @Test
  void believesTheAnsweringPodWhenItNamesItself() {
    String body = "{\"errors\":[{\"title\":\"This is pod prod1, the token is of prod4\"}]}";
    Answer answer = new Answer(400, Map.of("x-kustomer-pod", "prod1"), body.getBytes(UTF_8));
    assertThat(error(USERS, answer, Unauthorized.class))
        .hasMessageContaining("https://api.prod4.kustomerapp.com");
  }

  @Test
  void doesNotTakeAnyTextWithTwoPodsForAnotherRegion() {
    String body = "{\"errors\":[{\"title\":\"unknown field prod1, prod2\"}]}";
    assertThat(error(USERS, answer(400, body), Refused.class).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/users, org.permission.user.read",
    "/v1/teams, org.permission.team.read",
    "/v1/tags, org.admin.tag.read",
    "/v1/notes, org.permission.note.read",
    "/v1/klasses, org.user.klass.read",
    "/v1/klasses/order, org.permission.klass.read",
    "/v1/klasses/order/5f65, org.permission.kobject.read",
    "/v1/metadata/kobject.order, org.user.metadata.read",
    "/v1/customers/5f65, org.user.customer.read",
    "/v1/customers/5f65/merges, org.permission.customer_merge.read",
    "/v1/conversations/5f65/attachments, org.permission.attachment.read",
    "/v1/outboundAccounts, org.user.apps.read",
    "/v1/shortcuts, lacks the role",
  })
  void namesTheRoleThatAKeyLacks(String path, String role) {
    assertThat(error(ApiRequest.get(path, ""), answer(403, ""), Forbidden.class))
        .hasMessageContaining(role);
  }

  @Test
  void namesTheRolesOfSearch() {
    assertThat(error(SEARCH, answer(403, HTML), Forbidden.class))
        .hasMessageContaining("org.user.search.read")
        .hasMessageContaining("org.permission.search.create")
        .hasMessageNotContaining("Attention")
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"errors\":[{\"status\":400,\"source\":{\"parameter\":\"customer_upd\"},\"code\":\"badparam\","
            + "\"title\":\"Additional properties not allowed\"}]}",
        "{\"errors\":[{\"status\":\"400\",\"code\":\"badparam\",\"detail\":\"Additional properties not"
            + " allowed\",\"source\":{\"parameters\":\"customer_upd\"}}]}",
        "{\"errors\":[{\"code\":\"badparam\",\"message\":\"Additional properties not allowed:"
            + " customer_upd\",\"meta\":{}}]}",
      })
  void carriesTheWordsOfTheServerInEitherShape(String body) {
    Refused error = error(SEARCH, answer(400, body), Refused.class);
    assertThat(error.status()).isEqualTo(400);
    assertThat(error)
        .hasMessageContaining("badparam")
        .hasMessageContaining("Additional properties not allowed")
        .hasMessageContaining("customer_upd");
  }

  @Test
  void keepsWordsToOneBoundedLineWithoutTokens() {
    String title =
        "bad\\n2026-11-23 ERROR forged\\u001b[31m\\u202e eyJhbGciOi.eyJzdWIi.c2ln Bearer abc ";
    String body = "{\"errors\":[{\"title\":\"" + title + "x".repeat(5_000) + "\"}]}";
    String message = error(USERS, answer(400, body), Refused.class).getMessage();
    assertThat(message)
        .contains("bad 2026-11-23 ERROR forged")
        .doesNotContainPattern("[\\p{Cntrl}\u202e]")
        .doesNotContain("eyJ", "Bearer abc");
    assertThat(message.length()).isLessThan(400);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 304, 307, 308})
  void refusesRedirects(int status) {
    assertThat(error(USERS, answer(status, ""), Refused.class))
        .hasMessageContaining("the token never leaves its host");
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 500, 502, 503, 504, 520, 599})
  void asksAgainAfterPassingFaults(int status) {
    assertThat(error(USERS, answer(status, HTML), Unavailable.class))
        .hasMessageContaining("" + status)
        .hasMessageNotContaining("Attention");
  }

  @Test
  void knowsTheRateLimitByItsStatusAlone() {
    error(SEARCH, answer(429, ""), RateLimited.class);
    error(SEARCH, answer(429, HTML), RateLimited.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 402, 404, 409, 413, 422})
  void refusesWhatWouldBeTheSameNextTime(int status) {
    assertThat(error(USERS, answer(status, "[".repeat(5_000)), Refused.class).status())
        .isEqualTo(status);
  }
}
