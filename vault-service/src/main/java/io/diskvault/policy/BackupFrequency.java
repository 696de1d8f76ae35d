package io.diskvault.policy;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/// How often backups may start: every 1, 2, 4, 6, 8 or 12 hours, daily, or weekly.
public enum BackupFrequency {
    EVERY_HOUR("PT1H", Duration.ofHours(1)),
    EVERY_2_HOURS("PT2H", Duration.ofHours(2)),
    EVERY_4_HOURS("PT4H", Duration.ofHours(4)),
    EVERY_6_HOURS("PT6H", Duration.ofHours(6)),
    EVERY_8_HOURS("PT8H", Duration.ofHours(8)),
    EVERY_12_HOURS("PT12H", Duration.ofHours(12)),
    /// Not `PT24H`: a day and 24 hours are two things where local time shifts.
    DAILY("P1D", Duration.ofDays(1)),
    WEEKLY("P1W", Duration.ofDays(7));

    private final String text;
    private final Duration length;

    BackupFrequency(String text, Duration length) {
        this.text = text;
        this.length = length;
    }

    /// The frequency of this name.
    public static Optional<BackupFrequency> of(String text) {
        return Arrays.stream(values())
                .filter(frequency -> frequency.text.equals(text))
                .findFirst();
    }

    /// As it is written in an interval.
    public String text() {
        return text;
    }

    /// As people say it: `every 4 hours`.
    String words() {
        return switch (this) {
            case EVERY_HOUR -> "every hour";
            case DAILY -> "every day";
            case WEEKLY -> "every week";
            default -> "every " + length.toHours() + " hours";
        };
    }

    /// Whether it is counted in days, which a zone's clock can make shorter or longer.
    boolean inDays() {
        return length.toDays() > 0;
    }

    /// From one slot to the next where clocks do not change.
    public Duration length() {
        return length;
    }
}
