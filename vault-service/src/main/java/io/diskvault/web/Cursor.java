package io.diskvault.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.diskvault.command.CommandRejected;
import io.diskvault.command.GeneralRejection;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// A place in a list that is ordered by time and key, both descending: pages go on from it whatever was added
/// meanwhile.
public record Cursor(Instant time, String key) {
    /// After everything that will ever be listed.
    public static final Instant END_OF_TIME = Instant.parse("9999-01-01T00:00:00Z");

    /// Before the newest.
    private static final Cursor START = new Cursor(END_OF_TIME, "");

    /// The smallest and the largest page that may be asked for, and what is given when none is asked for.
    private static final int LIMIT_MAX = 500;

    private static final int LIMIT_DEFAULT = 50;

    /// Reads what [#text] wrote; null starts at the newest.
    public static Cursor parse(@Nullable String text) {
        if (text == null) {
            return START;
        }
        try {
            String plain = new String(Base64.getUrlDecoder().decode(text), UTF_8);
            int space = plain.indexOf(' ');
            if (space > 0 && plain.indexOf('\0') < 0) {
                return new Cursor(
                        listed(Instant.parse(plain.substring(0, space)), START.time), plain.substring(space + 1));
            }
        } catch (IllegalArgumentException | DateTimeException _) {
            // Answered below like a text without a space.
        }
        throw noCursor(text);
    }

    /// For a list whose keys are others.
    public CommandRejected refused() {
        return noCursor(text());
    }

    private static CommandRejected noCursor(String text) {
        return GeneralRejection.invalid(
                "'%s' is no cursor: give the nextCursor of the page before, unchanged, or none to start at the newest."
                        .formatted(text));
    }

    /// This place, or where a period ends if that is earlier. With a bound for each H2 would read everything newer.
    ///
    /// @param to as a caller gave it; null for a period without end
    public Cursor until(@Nullable Instant to) {
        Instant end = listed(to, END_OF_TIME);
        return time.isBefore(end) ? this : new Cursor(end, START.key);
    }

    /// The bound of a period as a caller gave it, moved to where a database can compare it: nothing is listed beyond.
    ///
    /// @param absent what counts if the caller gave none
    public static Instant listed(@Nullable Instant asked, Instant absent) {
        if (asked == null) {
            return absent;
        }
        if (asked.isBefore(Instant.EPOCH)) {
            return Instant.EPOCH;
        }
        return asked.isAfter(END_OF_TIME) ? END_OF_TIME : asked;
    }

    /// Checks how many items a caller may ask for at once.
    public static int limit(@Nullable Integer asked) {
        if (asked == null) {
            return LIMIT_DEFAULT;
        }
        if (asked < 1 || asked > LIMIT_MAX) {
            throw GeneralRejection.invalid("limit is %d; 1 to %d is allowed.".formatted(asked, LIMIT_MAX));
        }
        return asked;
    }

    /// As it is given to callers: opaque, safe in a URL.
    public String text() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((time + " " + key).getBytes(UTF_8));
    }
}
