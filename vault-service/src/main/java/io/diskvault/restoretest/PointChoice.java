package io.diskvault.restoretest;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.diskvault.command.GeneralRejection;
import io.diskvault.command.Quoted;
import io.diskvault.job.JobId;
import java.util.Arrays;
import java.util.List;

/// Which recovery point of an instance is tested.
public enum PointChoice {
    LATEST("Latest"),
    /// Any that has not expired: which one follows from the test's job, so that nobody can choose.
    RANDOM("Random");

    private final String text;

    PointChoice(String text) {
        this.text = text;
    }

    /// As it is stored and told.
    @JsonValue
    public String text() {
        return text;
    }

    /// Reads what [#text] wrote.
    @JsonCreator
    public static PointChoice of(String text) {
        return Arrays.stream(values())
                .filter(choice -> choice.text.equals(text))
                .findFirst()
                .orElseThrow(() -> GeneralRejection.invalid(
                        "recoveryPoint is %s; it is Latest or Random.".formatted(Quoted.of(text))));
    }

    /// @param points newest first, at least one
    /// @param job the same for one slot and instance, whoever asks and however often
    String among(List<String> points, JobId job) {
        return switch (this) {
            case LATEST -> points.getFirst();
            case RANDOM ->
                points.get((int) Long.remainderUnsigned(job.value().getLeastSignificantBits(), points.size()));
        };
    }
}
