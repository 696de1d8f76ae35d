package io.diskvault.link.web;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which part of a file a request wants (RFC 9110, section 14). What is no range of bytes, or several, is no wish for a
/// part: such a request gets the whole file, as the standard allows.
sealed interface ByteRange {
    /// The whole file.
    record Whole() implements ByteRange {}

    /// @param first the first byte
    /// @param length how many
    record Part(long first, long length) implements ByteRange {
        long last() {
            return first + length - 1;
        }
    }

    /// Nothing of what is wanted is there.
    record Unsatisfiable() implements ByteRange {}

    /// As long as numbers go that are surely a `long`.
    Pattern BYTES = Pattern.compile("\\s*bytes\\s*=\\s*(\\d{0,18})\\s*-\\s*(\\d{0,18})\\s*", Pattern.CASE_INSENSITIVE);

    /// @param header the field Range, if there is one
    /// @param sizeBytes of the whole file
    static ByteRange of(@Nullable String header, long sizeBytes) {
        Matcher range = BYTES.matcher(header == null ? "" : header);
        if (!range.matches()) {
            return new Whole();
        }
        String first = range.group(1);
        String last = range.group(2);
        if (first.isEmpty()) {
            return last.isEmpty() ? new Whole() : suffix(Long.parseLong(last), sizeBytes);
        }
        return between(Long.parseLong(first), last.isEmpty() ? sizeBytes - 1 : Long.parseLong(last), sizeBytes);
    }

    private static ByteRange suffix(long wanted, long sizeBytes) {
        long length = Math.min(wanted, sizeBytes);
        return length == 0 ? new Unsatisfiable() : new Part(sizeBytes - length, length);
    }

    private static ByteRange between(long first, long last, long sizeBytes) {
        if (first >= sizeBytes) {
            return new Unsatisfiable();
        }
        return last < first ? new Whole() : new Part(first, Math.min(last, sizeBytes - 1) - first + 1);
    }
}
