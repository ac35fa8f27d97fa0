package io.kustomersync;

import java.io.StringWriter;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.WriterAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What is logged during a test: level, logger, message and stack trace; see {@link #toString}. */
public final class HeardLog implements BeforeEachCallback, AfterEachCallback {

  private static final String NAME = "heard";

  private final StringWriter text = new StringWriter();
  private final Level least;
  private Level before;

  /**
   * @param least the root logger's level during the test
   */
  public HeardLog(Level least) {
    this.least = least;
  }

  @Override
  public void beforeEach(ExtensionContext test) {
    WriterAppender appender =
        WriterAppender.createAppender(
            PatternLayout.newBuilder().withPattern("%p %c{1} %m%n%ex").build(),
            null,
            text,
            NAME,
            false,
            true);
    appender.start();
    before = root().getLevel();
    root().addAppender(appender, least, null);
    root().setLevel(least);
    context().updateLoggers();
  }

  @Override
  public void afterEach(ExtensionContext test) {
    root().removeAppender(NAME);
    root().setLevel(before);
    context().updateLoggers();
  }

  private static LoggerConfig root() {
    return context().getConfiguration().getRootLogger();
  }

  private static LoggerContext context() {
    return (LoggerContext) LogManager.getContext(false);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
