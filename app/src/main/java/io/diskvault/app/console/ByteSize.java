package io.diskvault.app.console;

import java.util.Locale;

/// A number of bytes as people read it: `0 B`, `512 B`, `1.5 KiB`, `8.0 GiB`.
public final class ByteSize {
    private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    private ByteSize() {}

    public static String of(long bytes) {
        if (Math.abs(bytes) < 1024) return bytes + " B";
        double value = bytes;
        int unit = -1;
        // 1023.95 would be printed as "1024.0": the next unit takes over before that.
        do {
            value /= 1024;
            unit++;
        } while (Math.abs(value) >= 1023.95 && unit < UNITS.length - 1);
        return String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
    }

    /// The same per second; `-` when no time has passed.
    public static String perSecond(long bytes, long nanos) {
        return nanos <= 0 ? "-" : of((long) (bytes * 1e9 / nanos)) + "/s";
    }
}
