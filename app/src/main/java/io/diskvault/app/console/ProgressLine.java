package io.diskvault.app.console;

import java.util.Locale;

/// One line on standard error that is drawn over again: percent, bytes, rate. Draws nothing where nobody watches.
///
/// Safe for use by one thread that reports and another that clears.
public final class ProgressLine implements AutoCloseable {
    private static final String CLEAR = "\r\u001b[K";
    private static final long REDRAW_NANOS = 100_000_000;

    private final Terminal terminal;
    private final String title;
    private final long startNanos;
    private long drawnNanos;
    private boolean drawn;

    /// @param startNanos `System.nanoTime()` of the start of the work
    public ProgressLine(Terminal terminal, String title, long startNanos) {
        this.terminal = terminal;
        this.title = title;
        this.startNanos = startNanos;
        this.drawnNanos = startNanos - REDRAW_NANOS;
    }

    public synchronized void show(long doneBytes, long totalBytes, long nowNanos) {
        if (!terminal.interactive() || nowNanos - drawnNanos < REDRAW_NANOS) return;
        drawnNanos = nowNanos;
        draw(title + "  " + text(doneBytes, totalBytes, nowNanos - startNanos));
    }

    /// A state without numbers, such as waiting in a queue.
    public synchronized void show(String state) {
        if (terminal.interactive()) draw(title + "  " + state);
    }

    static String text(long doneBytes, long totalBytes, long nanos) {
        double percent = totalBytes <= 0 ? 0 : 100.0 * doneBytes / totalBytes;
        return String.format(
                Locale.ROOT,
                "%5.1f %%  %s of %s  %s",
                percent,
                ByteSize.of(doneBytes),
                ByteSize.of(totalBytes),
                ByteSize.perSecond(doneBytes, nanos));
    }

    private void draw(String line) {
        terminal.err().print(CLEAR + line);
        terminal.err().flush();
        drawn = true;
    }

    /// Takes the line away, so that what is printed next starts at the left edge.
    @Override
    public synchronized void close() {
        if (!drawn) return;
        terminal.err().print(CLEAR);
        terminal.err().flush();
        drawn = false;
    }
}
