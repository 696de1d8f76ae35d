package io.diskvault.policy;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.diskvault.command.CommandRejected;
import io.diskvault.command.Quoted;
import java.util.Arrays;
import java.util.stream.Collectors;

/// What a recovery point is kept as: the first successful backup of a day, a week, a month or a year, or none of them.
/// A point has one tag: of all that match the one with the lowest priority number.
public enum RetentionTag {
    DEFAULT("Default", 99),
    DAILY("Daily", 25),
    WEEKLY("Weekly", 20),
    MONTHLY("Monthly", 15),
    YEARLY("Yearly", 10);

    private final String text;
    private final int priority;

    RetentionTag(String text, int priority) {
        this.text = text;
        this.priority = priority;
    }

    /// The tag of this name.
    ///
    /// @throws CommandRejected if there is none
    @JsonCreator
    public static RetentionTag of(String text) {
        return Arrays.stream(values())
                .filter(tag -> tag.text.equals(text))
                .findFirst()
                .orElseThrow(() -> new CommandRejected(
                        PolicyRejection.RETENTION_INVALID,
                        "tag is %s; the tags are %s.".formatted(Quoted.of(text), names())));
    }

    private static String names() {
        return Arrays.stream(values()).map(RetentionTag::text).collect(Collectors.joining(", "));
    }

    /// As it is written and told.
    @JsonValue
    public String text() {
        return text;
    }

    /// The lower the number, the sooner the tag is taken.
    public int priority() {
        return priority;
    }
}
