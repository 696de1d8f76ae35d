package io.diskvault.stream;

import io.diskvault.command.GeneralRejection;
import io.diskvault.command.Quoted;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.axonframework.eventhandling.GapAwareTrackingToken;

/// Up to where somebody has been told everything.
///
/// @param index the last place that was passed
/// @param gaps places before it that were empty, and may still be filled
record Position(long index, SortedSet<Long> gaps) {
    /// In more there would be no use: a listener comes back in seconds, and transactions are short.
    private static final int GAPS_MAX = 1000;

    /// As long as a header may be.
    private static final int TEXT_MAX = 12_000;

    private static final Pattern TEXT = Pattern.compile("\\d{1,18}(\\.\\d{1,18})*");

    Position {
        gaps = new TreeSet<>(gaps);
        while (gaps.size() > GAPS_MAX) {
            gaps.removeFirst();
        }
    }

    static Position of(GapAwareTrackingToken token) {
        return new Position(token.getIndex(), token.getGaps());
    }

    /// Before everything.
    static Position start() {
        return new Position(0, new TreeSet<>());
    }

    /// Reads what [#text] wrote.
    ///
    /// @throws io.diskvault.command.CommandRejected if it is something else
    static Position parse(String text) {
        if (text.length() > TEXT_MAX || !TEXT.matcher(text).matches()) {
            throw invalid(text);
        }
        String[] numbers = text.split("\\.", -1);
        long index = Long.parseLong(numbers[0]);
        SortedSet<Long> gaps = new TreeSet<>();
        for (int i = 1; i < numbers.length; i++) {
            long gap = index - Long.parseLong(numbers[i]);
            if (gap < 0 || gap >= index) {
                throw invalid(text);
            }
            gaps.add(gap);
        }
        return new Position(index, gaps);
    }

    private static RuntimeException invalid(String text) {
        return GeneralRejection.invalid(
                "Last-Event-ID is %s; give the id of the last event that was received, unchanged, or none to hear what happens from now on."
                        .formatted(Quoted.of(text)));
    }

    /// The index, and how far before it each gap is: that is shorter than the gaps themselves.
    String text() {
        return gaps.stream().map(gap -> "." + (index - gap)).collect(Collectors.joining("", Long.toString(index), ""));
    }

    GapAwareTrackingToken token() {
        return new GapAwareTrackingToken(index, gaps);
    }
}
