package io.kustomersync.sandbox.data;

import io.kustomersync.sandbox.options.Klass;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The named places of the templates. */
final class Parts {
  private static final Pattern TIME = Pattern.compile("(created|updated)(-?\\d*)");
  private static final Pattern NUMBER = Pattern.compile("(below|revBelow) (\\d+)");
  private static final Pattern ID_OF = Pattern.compile("id of (\\w+)");

  static final String[] FIRST = {
    "Ada", "Zoë", "Björn", "Maria", "Omar", "Li", "José", "Anna", "Noah", "Ines", "Ruth", "Tom"
  };
  static final String[] LAST = {
    "Keller", "Müller", "O'Brien", "García", "Novak", "Chen", "Okafor", "Smith", "Rossi", "Berg"
  };
  private static final String[] TOPICS = {
    "Where is my parcel",
    "Refund for order",
    "Wrong size \\\"XL\\\"",
    "Can't log in",
    "Größe passt nicht",
    "Thanks \uD83D\uDE4F",
    "Address\\nchange",
    "Invoice C:\\\\2025"
  };

  private static final Map<String, Template.Part> NAMED =
      Map.ofEntries(
          Map.entry("id", (out, s) -> out.append(s.id())),
          Map.entry("n", (out, s) -> out.append(s.version().ordinal())),
          Map.entry("rev", (out, s) -> out.append(s.version().rev())),
          Map.entry("deleted", (out, s) -> out.append(s.version().deleted())),
          Map.entry("deletedMark", Parts::deletedMark),
          Map.entry("deletedAt", Parts::deletedAt),
          Map.entry("modifiedAt", Parts::modifiedAt),
          Map.entry("importedAt", Parts::importedAt),
          Map.entry("first", (out, s) -> out.append(FIRST[s.pick(1, FIRST.length)])),
          Map.entry("last", (out, s) -> out.append(LAST[s.pick(2, LAST.length)])),
          Map.entry("topic", (out, s) -> out.append(TOPICS[s.pick(3, TOPICS.length)])),
          Map.entry("amount", Parts::amount),
          Map.entry("customDate", Parts::customDate),
          Map.entry("lateCustom", Parts::lateCustom),
          Map.entry("klassLinks", Parts::klassLinks),
          Map.entry("klass", (out, s) -> out.append(s.store().kind().klass())),
          Map.entry("self", (out, s) -> out.append(s.store().kind().path())),
          Map.entry("org", (out, s) -> out.append(CompanyIds.ORG)),
          Map.entry("user", (out, s) -> out.append(CompanyIds.USER)),
          Map.entry("customer of conversation", Parts::customerOfConversation));

  private Parts() {}

  static Template.Part named(String name) {
    Matcher time = TIME.matcher(name);
    if (time.matches()) {
      boolean created = time.group(1).equals("created");
      long shift = time.group(2).isEmpty() ? 0 : Long.parseLong(time.group(2));
      return (out, s) ->
          IsoTime.append(
              out, (created ? s.version().createdAt() : s.version().updatedAt()) + shift);
    }
    Matcher number = NUMBER.matcher(name);
    if (number.matches()) {
      int bound = Integer.parseInt(number.group(2));
      return number.group(1).equals("below")
          ? (out, s) -> out.append(s.pick(bound, bound))
          : (out, s) -> out.append(s.pickByRev(bound, bound));
    }
    Matcher idOf = ID_OF.matcher(name);
    if (idOf.matches()) {
      String kind = idOf.group(1);
      return (out, s) -> {
        RecordStore other = s.stores().of(kind);
        out.append(other.originalId(s.related(other)));
      };
    }
    Template.Part part = NAMED.get(name);
    if (part == null) {
      throw new IllegalArgumentException("A record template names the unknown part «" + name + "»");
    }
    return part;
  }

  private static void customerOfConversation(StringBuilder out, TemplateSubject s) {
    out.append(s.stores().of("customers").originalId(s.customerOfConversation()));
  }

  /** For kinds that have no {@code deleted} while they live. */
  private static void deletedMark(StringBuilder out, TemplateSubject s) {
    if (s.version().deleted()) {
      out.append(",\"deleted\":true");
    }
  }

  private static void deletedAt(StringBuilder out, TemplateSubject s) {
    if (s.version().deleted()) {
      out.append(",\"deletedAt\":\"");
      IsoTime.append(out, s.version().updatedAt());
      out.append('"');
    }
  }

  /** Absent on records that nobody edited; else the same in all versions (kustomer-api.md §5). */
  private static void modifiedAt(StringBuilder out, TemplateSubject s) {
    if (s.pick(4, 3) == 0 || s.version().ordinal() >= s.store().timeline().size()) {
      return;
    }
    out.append(",\"modifiedAt\":\"");
    IsoTime.append(out, s.store().timeline().updatedAt(s.version().ordinal()));
    out.append('"');
  }

  private static void importedAt(StringBuilder out, TemplateSubject s) {
    Timeline timeline = s.store().timeline();
    if (timeline.isImported(s.version().ordinal())) {
      out.append(",\"importedAt\":\"");
      IsoTime.append(out, timeline.bornAt(s.version().ordinal()));
      out.append('"');
    }
  }

  /** A whole number on some records and a decimal on others. */
  private static void amount(StringBuilder out, TemplateSubject s) {
    int cents = s.pickByRev(5, 500_000);
    out.append(cents / 100);
    if (s.pick(6, 2) == 0) {
      out.append('.').append((char) ('0' + cents / 10 % 10)).append((char) ('1' + cents % 9));
    }
  }

  /** Custom dates keep the caller's format. */
  private static void customDate(StringBuilder out, TemplateSubject s) {
    int start = out.length();
    IsoTime.append(out, s.version().createdAt());
    switch (s.pick(7, 3)) {
      case 0 -> out.setLength(start + 10);
      case 1 -> out.replace(start + 19, out.length(), "-05:00");
      default -> {}
    }
  }

  /** A custom field that the first records do not have, and as many more as are asked for. */
  private static void lateCustom(StringBuilder out, TemplateSubject s) {
    if (s.isLate()) {
      out.append(",\"campaignStr\":\"spring-").append(s.pick(8, 9)).append('"');
    }
    for (int i = 0; i < s.stores().options().moreFields; i++) {
      out.append(",\"more").append(i);
      if (i % 3 == 0) {
        out.append("Num\":").append(s.version().ordinal() + i);
      } else {
        out.append("Str\":\"value ").append(i).append('"');
      }
    }
  }

  private static void klassLinks(StringBuilder out, TemplateSubject s) {
    int shown = s.pick(9, 256);
    int number = 0;
    for (Klass klass : s.stores().options().klasses) {
      if ((shown >> number++ % 8 & 1) == 1) {
        out.append(",\"").append(klass.plural()).append("\":{\"links\":{\"self\":\"/v1/customers/");
        out.append(s.id()).append("/klasses/").append(klass.plural());
        out.append("\"},\"meta\":{\"kobject\":true}}");
      }
    }
  }
}
