package io.kustomersync.route;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;

/** What {@code marshal: json} writes rows with: times as ISO 8601, numbers with every digit. */
public final class RowObjectMapper {

  private RowObjectMapper() {}

  public static ObjectMapper create() {
    SimpleModule times = new SimpleModule("times");
    times.addSerializer(OffsetDateTime.class, new Time());
    return JsonMapper.builder()
        .addModule(times)
        .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
        .build();
  }

  private static final class Time extends StdSerializer<OffsetDateTime> {
    Time() {
      super(OffsetDateTime.class);
    }

    @Override
    public void serialize(OffsetDateTime time, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString(DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time));
    }
  }
}
