package io.diskvault.restoretest;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.diskvault.vault.VaultId;

/// Names the restore test plan of a backup vault, which has at most one.
public record RestoreTestPlanId(@JsonValue VaultId vault) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public RestoreTestPlanId {}

    /// The stream's name in the event store.
    @Override
    public String toString() {
        return "restore-test-plan:" + vault.name();
    }
}
