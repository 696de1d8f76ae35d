package io.diskvault.job;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.diskvault.command.GeneralRejection;
import java.util.Arrays;
import java.util.stream.Collectors;

/// Where a job stands.
public enum JobStatus {
    QUEUED("Queued"),
    IN_PROGRESS("InProgress"),
    CANCELLING("Cancelling"),
    COMPLETED("Completed"),
    COMPLETED_WITH_WARNINGS("CompletedWithWarnings"),
    FAILED("Failed"),
    CANCELLED("Cancelled");

    private final String text;

    JobStatus(String text) {
        this.text = text;
    }

    /// As it is stored and told.
    @JsonValue
    public String text() {
        return text;
    }

    /// Whether nothing will happen to the job any more.
    public boolean isFinal() {
        return switch (this) {
            case QUEUED, IN_PROGRESS, CANCELLING -> false;
            case COMPLETED, COMPLETED_WITH_WARNINGS, FAILED, CANCELLED -> true;
        };
    }

    /// @throws io.diskvault.command.CommandRejected if there is no such status
    @JsonCreator
    public static JobStatus of(String text) {
        return Arrays.stream(values())
                .filter(status -> status.text.equals(text))
                .findFirst()
                .orElseThrow(() -> GeneralRejection.invalid("'%s' is no status of a job; there are %s."
                        .formatted(
                                text,
                                Arrays.stream(values()).map(JobStatus::text).collect(Collectors.joining(", ")))));
    }
}
