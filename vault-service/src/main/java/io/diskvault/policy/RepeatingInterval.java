package io.diskvault.policy;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.diskvault.command.CommandRejected;
import io.diskvault.command.Quoted;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// Slots from an anchor on, all the same time apart, without end: `R/2026-11-01T02:00:00+01:00/PT4H`. The anchor
/// is the first slot.
public record RepeatingInterval(OffsetDateTime anchor, BackupFrequency frequency) {
    private static final DateTimeFormatter ANCHOR =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx", Locale.ROOT);
    private static final DateTimeFormatter ANCHOR_WORDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm xxx", Locale.ROOT);
    private static final int YEAR_MIN = 1970;
    private static final int YEAR_MAX = 9000;

    public RepeatingInterval {
        if (anchor.getYear() < YEAR_MIN || anchor.getYear() > YEAR_MAX || anchor.getNano() != 0) {
            throw refused(
                    anchor.toString(),
                    "its anchor must be a whole second of the years %d to %d".formatted(YEAR_MIN, YEAR_MAX));
        }
    }

    /// Reads an interval as Azure writes it.
    ///
    /// @throws CommandRejected if it is none, or not one of the supported ones
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static RepeatingInterval parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 3 || !parts[0].equals("R")) {
            throw refused(text, "an interval has the form R/ANCHOR/FREQUENCY");
        }
        BackupFrequency frequency = BackupFrequency.of(parts[2])
                .orElseThrow(() -> refused(text, "its frequency must be one of " + frequencies()));
        return new RepeatingInterval(anchorOf(text, parts[1]), frequency);
    }

    private static OffsetDateTime anchorOf(String interval, String text) {
        try {
            return OffsetDateTime.parse(text);
        } catch (DateTimeException _) {
            throw refused(
                    interval, "its anchor must be a date and time with an offset, as in 2026-11-01T02:00:00+01:00");
        }
    }

    private static String frequencies() {
        return Arrays.stream(BackupFrequency.values())
                .map(BackupFrequency::text)
                .collect(Collectors.joining(", "));
    }

    private static CommandRejected refused(String interval, String rule) {
        return new CommandRejected(
                PolicyRejection.SCHEDULE_INVALID,
                "repeatingTimeIntervals has %s: %s.".formatted(Quoted.of(interval), rule));
    }

    /// As Azure writes it.
    @JsonValue
    public String text() {
        return "R/" + ANCHOR.format(anchor) + "/" + frequency.text();
    }

    /// As people say it: `every 4 hours from 2026-11-01 02:00 +01:00 on`.
    String words() {
        return frequency.words() + " from " + ANCHOR_WORDS.format(anchor) + " on";
    }

    /// The slots, by the clock of a zone if there is one. Hours are absolute all the same, and so is everything
    /// without a zone: the anchor's offset says what the anchor means and nothing about later slots.
    Slots slots(Optional<ZoneId> zone) {
        Instant first = anchor.toInstant();
        return zone.filter(_ -> frequency.inDays())
                .<Slots>map(
                        clock -> new LocalSlots(first, (int) frequency.length().toDays(), clock))
                .orElseGet(() -> new AbsoluteSlots(first, frequency.length()));
    }
}
