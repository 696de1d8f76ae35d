package io.diskvault.instance;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.diskvault.instance.InstanceCommand.RecordRecoveryPoint;
import io.diskvault.instance.InstanceEvent.RecoveryPointCreated;
import io.diskvault.policy.RetentionRule;
import io.diskvault.policy.RetentionRules;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Gives each recovery point its rule. It remembers the latest scheduled point, also when that has expired: what
/// a point is the first of does not depend on what was kept.
final class Tagging {
    @JsonProperty
    private @Nullable Instant lastScheduled;

    RetentionRule ruleFor(RecordRecoveryPoint command) {
        RetentionRules rules = command.terms().rules();
        return switch (command.point().kind()) {
            case SCHEDULED ->
                rules.ruleFor(
                        command.point().snapshotTime(),
                        Optional.ofNullable(lastScheduled),
                        command.terms().zone());
            // The policy may have lost the chosen rule while the backup ran.
            case ON_DEMAND -> command.chosenTag().flatMap(rules::find).orElse(rules.defaultRule());
        };
    }

    void created(RecoveryPointCreated event) {
        Instant time = event.point().snapshotTime();
        if (event.point().kind() == BackupKind.SCHEDULED && (lastScheduled == null || time.isAfter(lastScheduled))) {
            lastScheduled = time;
        }
    }

    void startAnew() {
        lastScheduled = null;
    }
}
