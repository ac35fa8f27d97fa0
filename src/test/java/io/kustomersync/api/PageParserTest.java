package io.kustomersync.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kustomersync.api.KustomerException.Incomplete;
import io.kustomersync.api.KustomerException.Refused;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageParserTest {

  private static final String RECORD =
      """
      {"type":"customer", "id":"66f1a2b3c4d5e6f7a8b9c0d1",
        "attributes": {"name":"Ada \\ud83d\\ude00 Kéller 😀 漢", "n":1840.50, "rev":35,
          "updatedAt":"2025-03-02T08:44:10.907Z", "createdAt":"2024-09-23T17:15:31Z"},
        "relationships":{"org":{"data":{"type":"org","id":"5f651b02c887b30019380001"}}} }""";

  private static final String PAGE =
      "{\"meta\": {\"pageSize\":1,\"page\":1,\"total\":7503,\"timed_out\":false},\n \"data\": [ "
          + RECORD
          + " ],\"links\":{\"self\":\"/v1/customers\",\"next\":\"/v1/customers?page=2\"}}";

  private final PageParser parser = new PageParser();

  private Page parse(String body) {
    return parser.parse(body.getBytes(UTF_8));
  }

  private KustomerRecord record(String attributes) {
    return parse("{\"data\":[{\"type\":\"t\",\"id\":\"1\",\"attributes\":" + attributes + "}]}")
        .records()
        .get(0);
  }

  @Test
  void readsWhatReadingNeedsToKnow() {
    Page page = parse(PAGE);

    assertThat(page.total()).hasValue(7503);
    assertThat(page.next()).contains("/v1/customers?page=2");
    assertThat(page.org()).contains("5f651b02c887b30019380001");
    KustomerRecord record = page.records().get(0);
    assertThat(record.type()).isEqualTo("customer");
    assertThat(record.id()).isEqualTo("66f1a2b3c4d5e6f7a8b9c0d1");
    assertThat(record.updatedAt()).contains(Instant.parse("2025-03-02T08:44:10.907Z"));
    assertThat(record.createdAt()).contains(Instant.parse("2024-09-23T17:15:31Z"));
    assertThat(record.rev()).hasValue(35);
    assertThat(record.deleted()).isFalse();
    assertThat(record.json().path("attributes").path("name").textValue())
        .isEqualTo("Ada 😀 Kéller 😀 漢");
  }

  @Test
  void keepsEachRecordAsSentByteForByte() {
    assertThat(parse(PAGE).records().get(0).raw()).isEqualTo(RECORD);
    assertThat(parse("\uFEFF" + PAGE).records().get(0).raw()).isEqualTo(RECORD);

    List<KustomerRecord> three =
        parse("{\"data\":[" + RECORD + "," + "{\"id\":\"é\"} ,\n" + RECORD + "]}").records();
    assertThat(three)
        .extracting(KustomerRecord::raw)
        .containsExactly(RECORD, "{\"id\":\"é\"}", RECORD);
  }

  @Test
  void aRecordsJsonIsTheSameOnceMoreAfterItWasLetGoOf() {
    KustomerRecord record =
        parse(
                "{\"data\":[{\"id\":\"1\",\"attributes\":{\"n\":12345678901234567890.10,"
                    + "\"e\":1E+3,\"half\":\"\\ud83d\",\"twice\":1,\"twice\":2}}]}")
            .records()
            .get(0);
    String before = record.json().toString();

    record.letGoOfJson();

    assertThat(record.json()).hasToString(before);
  }

  @Test
  void keepsRecordsBehindManyBytesExactToo() {
    String filler = "é漢😀".repeat(40_000);
    Page page =
        parse("{\"x\":\"" + filler + "\",\"data\":[{\"id\":\"" + filler + "\"}," + RECORD + "]}");
    assertThat(page.records().get(1).raw()).isEqualTo(RECORD);
  }

  @Test
  void neverAcceptsAPageCutShort() {
    byte[] whole = PAGE.getBytes(UTF_8);
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> parser.parse(cut))
          .as("cut at byte %d", length)
          .isInstanceOf(Incomplete.class);
    }
  }

  @Test
  void readsASingleRecordAndKeysInAnyOrder() {
    Page single = parse("{\"data\":{\"type\":\"user\",\"id\":\"7\"}}");
    assertThat(single.records()).extracting(KustomerRecord::id).containsExactly("7");
    assertThat(single.next()).isEmpty();
    assertThat(single.total()).isEmpty();

    Page page =
        parse("{\"links\":{\"next\":null},\"included\":[[{}]],\"data\":[],\"meta\":{\"total\":0}}");
    assertThat(page.records()).isEmpty();
    assertThat(page.next()).isEmpty();
    assertThat(page.total()).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " \n ",
        "<!DOCTYPE html><html>Bad gateway</html>",
        "null",
        "[]",
        "\"data\"",
        "oops",
        "{}",
        "{\"data\":null}",
        "{\"errors\":[]}",
        "{\"data\":[]} x",
        "{\"data\":[]}{\"data\":[]}",
        "{\"data\":[]}]",
        "{\"data\":[{\"id\":\"1\"},]}",
        "{\"data\":[{\"id\":NaN}]}",
        "{\"meta\":{\"timed_out\":true},\"data\":[{\"id\":\"1\"}]}",
        "{\"data\":[{\"id\":\"1\"}],\"meta\":{\"timed_out\":true}}",
      })
  void asksAgainForWhatIsNotAWholePage(String body) {
    assertThatThrownBy(() -> parse(body)).isInstanceOf(Incomplete.class);
  }

  @Test
  void asksAgainForOtherEncodings() {
    String body = "{\"data\":[{\"id\":\"é\"}]}";
    assertThatThrownBy(() -> parser.parse(body.getBytes(ISO_8859_1)))
        .isInstanceOf(Incomplete.class);
    assertThatThrownBy(() -> parser.parse(body.getBytes(UTF_16))).isInstanceOf(Incomplete.class);
  }

  /** Half a pair, longer than need be, beyond the last character: Jackson takes most of them. */
  @ParameterizedTest
  @ValueSource(strings = {"EDA080", "C0AF", "E080AF", "F08080AF", "F4908080", "F5808080"})
  void asksAgainForWhatOnlyLooksLikeUtf8(String hex) {
    String bytes = new String(HexFormat.of().parseHex(hex), ISO_8859_1);
    for (String body :
        List.of(
            "{\"data\":[{\"id\":\"" + bytes + "\"}]}",
            "{\"data\":[{\"id\":\"a\",\"" + bytes + "\":1}]}")) {
      assertThatThrownBy(() -> parser.parse(body.getBytes(ISO_8859_1)))
          .isInstanceOf(Incomplete.class);
    }
  }

  @Test
  void acceptsTheReplacementCharacterWhenItWasSent() {
    assertThat(parse("{\"data\":[{\"id\":\"\uFFFD\"}]}").records().get(0).raw())
        .isEqualTo("{\"id\":\"\uFFFD\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'data':[{'id':'1'},{'type':'t'}]}|data[1] has no id",
        "{'data':[{'id':null}]}|data[0] has no id",
        "{'data':[{'id':''}]}|data[0] has no id",
        "{'data':[{'id':'1'},7]}|data[1] is not an object",
        "{'data':[null]}|data[0] is not an object",
        "{'data':7}|neither a list nor an object",
        "{'data':[],'data':[]}|twice",
        "{'data':[],'links':{'next':{'href':'/v1/x'}}}|links.next",
        "{'data':[],'links':[]}|links.next",
      },
      quoteCharacter = '~')
  void refusesShapesThatWouldBeTheSameNextTime(String body, String words) {
    assertThatThrownBy(() -> parse(body.replace('\'', '"')))
        .isInstanceOfSatisfying(Refused.class, e -> assertThat(e.status()).isEqualTo(200))
        .hasMessageContaining(words);
  }

  @Test
  void keepsNumbersExact() {
    String digits = "1234567890".repeat(1_000);
    KustomerRecord record =
        record(
            "{\"a\":0.10,\"b\":12345678901234567890.123456789012345678901234567890,\"c\":1e400,\"d\":"
                + digits
                + ",\"e\":9007199254740993,\"f\":-0.000}");
    var json = record.json().path("attributes");
    assertThat(json.path("a").decimalValue()).isEqualTo(new BigDecimal("0.10"));
    assertThat(json.path("b").decimalValue())
        .isEqualTo(new BigDecimal("12345678901234567890.123456789012345678901234567890"));
    assertThat(json.path("c").decimalValue()).isEqualTo(new BigDecimal("1e400"));
    assertThat(json.path("d").bigIntegerValue()).isEqualTo(new BigInteger(digits));
    assertThat(json.path("e").longValue()).isEqualTo(9007199254740993L);
    assertThat(json.path("f").decimalValue()).isEqualTo(new BigDecimal("0.000"));
  }

  @Test
  void readsBigTextsAndDeepTrees() {
    String text = "x".repeat(19_000_000);
    assertThat(record("{\"t\":\"" + text + "\"}").json().path("attributes").path("t").textValue())
        .hasSize(text.length());
    assertThat(record("{\"t\":" + "[".repeat(990) + "]".repeat(990) + "}").id()).isEqualTo("1");
  }

  @ParameterizedTest
  @ValueSource(ints = {1_001, 200_000})
  void refusesTreesThatAreTooDeep(int depth) {
    assertThatThrownBy(() -> record("{\"t\":" + "[".repeat(depth) + "]".repeat(depth) + "}"))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("1,000 levels");
    assertThatThrownBy(
            () -> parse("{\"x\":" + "[".repeat(depth) + "]".repeat(depth) + ",\"data\":[]}"))
        .isInstanceOf(Refused.class);
  }

  @Test
  void refusesNumbersBeyondMeasure() {
    assertThatThrownBy(() -> record("{\"n\":1e99999999999}"))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("exponent");
  }

  @Test
  void survivesLoneSurrogatesAndDoubleKeys() {
    KustomerRecord record = record("{\"s\":\"a\\ud800b\",\"k\":1,\"k\":2,\"rev\":1,\"rev\":3}");
    assertThat(record.json().path("attributes").path("s").textValue()).isEqualTo("a\ud800b");
    assertThat(record.raw()).contains("a\\ud800b");
    assertThat(record.json().path("attributes").path("k").intValue()).isEqualTo(2);
    assertThat(record.rev()).hasValue(3);
  }

  @ParameterizedTest
  @CsvSource({
    "2025-03-02T08:44:10.907Z, 2025-03-02T08:44:10.907Z",
    "2025-03-02T08:44:10Z, 2025-03-02T08:44:10Z",
    "2025-03-02T08:44:10.907123Z, 2025-03-02T08:44:10.907123Z",
    "2025-03-02T10:44:10.907+02:00, 2025-03-02T08:44:10.907Z",
    "2025-03-02T10:44:10+0200, 2025-03-02T08:44:10Z",
    "2025-03-02T08:44:10.9Z, 2025-03-02T08:44:10.900Z",
    "2024-02-29T00:00:00.000Z, 2024-02-29T00:00:00Z",
    "1969-12-31T23:59:59.999Z, 1969-12-31T23:59:59.999Z",
  })
  void readsTimes(String text, Instant instant) {
    assertThat(record("{\"updatedAt\":\"" + text + "\"}").updatedAt()).contains(instant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"2025-03-02\"",
        "\"2025-03-02T08:44:10.907\"",
        "\"2025-02-30T08:44:10.907Z\"",
        "\"2025-03-02T25:44:10.907Z\"",
        "\"2025-13-02T08:44:10.907Z\"",
        "\"0000-01-01T08:44:10.907Z\"",
        "\"+292278994-08-17T07:12:55Z\"",
        "\"yesterday\"",
        "\"\"",
        "1740904800",
        "null",
        "{}",
        "[]"
      })
  void hasNoTimeWhereThereIsNone(String value) {
    assertThat(record("{\"updatedAt\":" + value + "}").updatedAt()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'deleted':true}|true",
        "{'deletedAt':'2025-03-02T08:44:10.907Z'}|true",
        "{'deleted':false,'deletedAt':null}|false",
        "{'deleted':'true'}|false",
        "{'deletedAt':{}}|false",
        "{'deleted':{},'deletedAt':[]}|false",
        "{}|false",
        "null|false",
        "[]|false",
      },
      quoteCharacter = '~')
  void knowsTheDeleted(String attributes, boolean deleted) {
    assertThat(record(attributes.replace('\'', '"')).deleted()).isEqualTo(deleted);
  }

  @ParameterizedTest
  @ValueSource(strings = {"9223372036854775808", "\"3\"", "1.5", "null", "{}"})
  void hasNoRevWhereThereIsNone(String value) {
    assertThat(record("{\"rev\":" + value + "}").rev()).isEmpty();
  }

  @Test
  void neverQuotesTheBody() {
    assertThatThrownBy(() -> parse("{\"data\":[{\"id\":\"1\",\"mail\":secretword}]}"))
        .isInstanceOf(Incomplete.class)
        .hasMessageNotContaining("secretword");
  }
}
