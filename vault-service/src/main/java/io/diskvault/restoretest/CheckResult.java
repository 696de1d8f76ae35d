package io.diskvault.restoretest;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/// What one check of a restored copy found.
///
/// @param check `content`, `fileSystem` with what was looked at, or `script` with its name
/// @param detail what it said, cut to [#DETAIL_MAX] characters
public record CheckResult(String check, Outcome outcome, String detail, long millis) {
    /// Evidence is kept for ever.
    public static final int DETAIL_MAX = 2000;

    /// How a check came out.
    public enum Outcome {
        PASSED("Passed"),
        FAILED("Failed"),
        /// It was asked for and was not possible, which says nothing about the copy.
        NOT_CHECKED("NotChecked");

        private final String text;

        Outcome(String text) {
            this.text = text;
        }

        /// As it is stored and told.
        @JsonValue
        public String text() {
            return text;
        }

        /// Reads what [#text] wrote.
        @JsonCreator
        public static Outcome of(String text) {
            return Arrays.stream(values())
                    .filter(outcome -> outcome.text.equals(text))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no outcome of a check: " + text));
        }
    }
}
