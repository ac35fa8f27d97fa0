package io.kustomersync.verify;

import io.kustomersync.route.Variables;
import io.kustomersync.sink.PageInfo;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** A broken sink: what it was given is on disk when the program ends in peace. */
public final class BufferedFile implements Processor {

  private final Path folder;
  private final Map<String, String> pages = new TreeMap<>();

  public BufferedFile(String folder) {
    this.folder = Path.of(folder);
  }

  @Override
  public synchronized void process(Exchange exchange) {
    StringBuilder text = new StringBuilder();
    for (Object row : exchange.getMessage().getBody(List.class)) {
      text.append(row).append('\n');
    }
    pages.put(exchange.getVariable(Variables.PAGE, PageInfo.class).id(), text.toString());
  }

  public synchronized void close() throws IOException {
    for (Map.Entry<String, String> page : pages.entrySet()) {
      try (Writer out = Files.newBufferedWriter(folder.resolve(page.getKey()))) {
        out.write(page.getValue());
      }
    }
  }
}
