package io.diskvault.files;

import io.diskvault.instance.InstanceId;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/// Orders to record what is read.
public sealed interface FilesCommand {
    FileReadsId reads();

    /// @param by who looks
    record RecordListing(
            @TargetAggregateIdentifier FileReadsId reads,
            InstanceId instance,
            String recoveryPoint,
            String by,
            Instant at)
            implements FilesCommand {}

    /// @param by who takes it
    record RecordTaking(
            @TargetAggregateIdentifier FileReadsId reads,
            InstanceId instance,
            String recoveryPoint,
            int volume,
            String path,
            String type,
            String by,
            Instant at)
            implements FilesCommand {}
}
