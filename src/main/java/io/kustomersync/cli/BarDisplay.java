package io.kustomersync.cli;

import io.kustomersync.connector.Polling.Progress;
import io.kustomersync.connector.Polling.Result;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar per table, on standard error, for a person who watches. */
final class BarDisplay implements SyncDisplay {
  private static final int REFRESH_MILLIS = 250;

  private final int width;
  private final Map<String, ProgressBar> bars = new ConcurrentHashMap<>();

  BarDisplay(int width) {
    this.width = width;
  }

  @Override
  public void begun(String table) {
    bars.put(
        table,
        new ProgressBarBuilder()
            .setTaskName(table)
            .setInitialMax(-1)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(REFRESH_MILLIS)
            .setMaxRenderedLength(width - 1)
            .showSpeed(new DecimalFormat("#,##0", DecimalFormatSymbols.getInstance(Locale.ROOT)))
            .build());
  }

  @Override
  public void delivered(Progress progress) {
    ProgressBar bar = bars.get(progress.table());
    progress.remaining().ifPresent(left -> bar.maxHint(progress.read() + left));
    bar.stepTo(progress.read());
  }

  @Override
  public void ended(String table, Result result) {
    ProgressBar bar = bars.remove(table);
    bar.stepTo(result.counts().read());
    if (result.failure().isEmpty()) {
      bar.maxHint(result.counts().read());
    }
    bar.setExtraMessage(" " + SyncDisplay.word(result));
    bar.close();
  }

  @Override
  public void close() {
    bars.values().forEach(ProgressBar::close);
  }
}
