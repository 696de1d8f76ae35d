package io.diskvault.restoretest;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/// What a restore test found out about a recovery point.
public enum TestOutcome {
    /// It was restored, every byte is what was backed up, and no check failed.
    PROVEN("Proven"),
    /// Every byte is what was backed up, but a check failed.
    CHECK_FAILED("CheckFailed"),
    /// It could not be restored whole.
    NOT_RESTORABLE("NotRestorable");

    private final String text;

    TestOutcome(String text) {
        this.text = text;
    }

    /// As it is stored and told.
    @JsonValue
    public String text() {
        return text;
    }

    /// Reads what [#text] wrote.
    @JsonCreator
    public static TestOutcome of(String text) {
        return Arrays.stream(values())
                .filter(outcome -> outcome.text.equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no outcome of a restore test: " + text));
    }
}
