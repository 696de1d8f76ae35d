package io.diskvault.alert;

import java.time.Duration;

/// Durations as people say them, in the largest unit that is exact: `2 days`, `50 hours`, `90 minutes`.
public final class DurationText {
    private DurationText() {}

    /// @param duration not negative; what is less than a minute of it is left out
    public static String of(Duration duration) {
        long minutes = duration.toMinutes();
        if (minutes >= 24 * 60 && minutes % (24 * 60) == 0) {
            return counted(minutes / (24 * 60), "day");
        }
        return minutes >= 60 && minutes % 60 == 0 ? counted(minutes / 60, "hour") : counted(minutes, "minute");
    }

    private static String counted(long count, String unit) {
        return count + " " + (count == 1 ? unit : unit + "s");
    }
}
