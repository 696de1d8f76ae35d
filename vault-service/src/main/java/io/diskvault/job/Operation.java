package io.diskvault.job;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.diskvault.command.GeneralRejection;
import java.util.Arrays;

/// What a job does.
public enum Operation {
    BACKUP("Backup"),
    RESTORE("Restore"),
    RESTORE_TEST("RestoreTest");

    private final String text;

    Operation(String text) {
        this.text = text;
    }

    /// As it is stored and told.
    @JsonValue
    public String text() {
        return text;
    }

    /// @throws io.diskvault.command.CommandRejected if there is no such operation
    @JsonCreator
    public static Operation of(String text) {
        return Arrays.stream(values())
                .filter(operation -> operation.text.equals(text))
                .findFirst()
                .orElseThrow(() -> GeneralRejection.invalid(
                        "'%s' is no operation of a job; Backup, Restore and RestoreTest are.".formatted(text)));
    }
}
