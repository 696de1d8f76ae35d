package io.diskvault.export;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/// Why an export ended.
public enum ExportEnd {
    /// Somebody ended it.
    ENDED("Ended"),
    /// Nobody was connected for its idle time.
    IDLE("Idle"),
    /// Its maker may not export any more.
    RIGHT_LOST("RightLost"),
    /// What was written to it is a recovery point now.
    KEPT("Kept");

    private final String text;

    ExportEnd(String text) {
        this.text = text;
    }

    /// As it is stored and told.
    @JsonValue
    public String text() {
        return text;
    }

    /// Reads what [#text] wrote.
    @JsonCreator
    static ExportEnd of(String text) {
        return Arrays.stream(values())
                .filter(end -> end.text.equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no end of an export " + text));
    }
}
