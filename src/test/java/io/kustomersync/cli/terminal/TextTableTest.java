package io.kustomersync.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.kustomersync.cli.terminal.TextTable.Heading;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {

  @Test
  void alignsNumbersRightAndCutsWideValues() {
    TextTable table =
        new TextTable(
            List.of(Heading.text("name"), Heading.number("rows")),
            List.of(List.of("a very long name that goes on", "7"), List.of("b", "12345")));

    assertThat(table.lines(24))
        .containsExactly(
            "name                rows",
            "─────────────────  ─────",
            "a very long name…      7",
            "b                  12345");
  }

  @Test
  void countsWideCharactersEmojiAndAccentsAsTheTerminalDoes() {
    assertThat(DisplayText.width("日本語")).isEqualTo(6);
    assertThat(DisplayText.width("👍🏽")).isEqualTo(2);
    assertThat(DisplayText.width("👨‍👩‍👧")).isEqualTo(2);
    assertThat(DisplayText.width("🇩🇪")).isEqualTo(2);
    assertThat(DisplayText.width("❤️")).isEqualTo(2);
    assertThat(DisplayText.width("e\u0301")).isEqualTo(1);
    assertThat(DisplayText.fit("日本語", 5)).isEqualTo("日本…");
    assertThat(DisplayText.fit("日本語", 4)).isEqualTo("日…");
    assertThat(DisplayText.fit("a👨‍👩‍👧b", 3)).isEqualTo("a…");
  }

  @Test
  void neverPassesOnWhatATerminalObeys() {
    TextTable table =
        new TextTable(
            List.of(Heading.text("x\u001b[2J")),
            List.of(List.of("\u001b]0;title\u0007a\r\nb\tc\u009b31m\u202Ed\uD800")));

    assertThat(table.lines(80)).containsExactly("x·[2J", "─".repeat(22), "·]0;title·a b c·31m·d·");
  }

  @Test
  void hidesTheLeastTellingColumnsAndSaysHowMany() {
    TextTable table =
        new TextTable(
            List.of(
                new Heading("raw", false, 9),
                new Heading("id", false, 0),
                new Heading("name", false, 1),
                new Heading("rev", true, 5)),
            List.of(List.of("{}".repeat(50), "0123456789", "Ada", "1")));

    assertThat(table.lines(18))
        .containsExactly(
            "id          name", "──────────  ────", "0123456789  Ada", "(2 columns more)");
    assertThat(table.lines(200)).hasSize(3);
  }

  @Test
  void neverExceedsTheWidth() {
    TextTable table =
        new TextTable(
            List.of(Heading.text("long heading number one"), Heading.text("two")),
            List.of(List.of("日本語日本語日本語日本語", "x".repeat(300))));

    for (int width = 1; width < 120; width++) {
      int most = width;
      assertThat(table.lines(width)).allMatch(line -> DisplayText.width(line) <= most);
    }
  }
}
