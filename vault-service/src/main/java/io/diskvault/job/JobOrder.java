package io.diskvault.job;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.diskvault.engine.source.DiskFormat;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/// What a job is to do, for which instance of which vault.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "operation")
@JsonSubTypes({
    @JsonSubTypes.Type(value = JobOrder.BackupOrder.class, name = "Backup"),
    @JsonSubTypes.Type(value = JobOrder.KeepOrder.class, name = "Keep"),
    @JsonSubTypes.Type(value = JobOrder.RestoreOrder.class, name = "Restore"),
    @JsonSubTypes.Type(value = JobOrder.OverwriteOrder.class, name = "Overwrite"),
    @JsonSubTypes.Type(value = JobOrder.RestoreTestOrder.class, name = "RestoreTest")
})
public sealed interface JobOrder {
    String vault();

    String instance();

    /// Whether a person or a program asked for it, rather than the schedule.
    boolean userTriggered();

    /// The tag that the caller chose for the recovery point that is made; empty for the usual one, or if none is.
    default Optional<String> retentionTag() {
        return Optional.empty();
    }

    /// The operation's name.
    default Operation operation() {
        return switch (this) {
            case BackupOrder _, KeepOrder _ -> Operation.BACKUP;
            case RestoringOrder _ -> Operation.RESTORE;
            case RestoreTestOrder _ -> Operation.RESTORE_TEST;
        };
    }

    /// @param slot the scheduled instant; empty for an on-demand backup
    /// @param retentionTag the tag that the caller chose; empty for the schedule's own
    record BackupOrder(String vault, String instance, Optional<Instant> slot, Optional<String> retentionTag)
            implements JobOrder {
        @Override
        public boolean userTriggered() {
            return slot.isEmpty();
        }
    }

    /// A backup of what was written to an export, instead of the disk.
    ///
    /// @param retentionTag the tag that the caller chose
    record KeepOrder(String vault, String instance, UUID export, Optional<String> retentionTag) implements JobOrder {
        @Override
        public boolean userTriggered() {
            return true;
        }
    }

    /// What makes a recovery point a disk again.
    sealed interface RestoringOrder extends JobOrder {
        String recoveryPoint();

        /// The resource group of the disk that is made or written over.
        String resourceGroup();

        /// The name of that disk.
        String diskName();

        /// Whether damaged parts of the point are left out and told, instead of failing the job.
        boolean continueOnDamage();

        @Override
        default boolean userTriggered() {
            return true;
        }
    }

    /// A new disk.
    ///
    /// @param recoveryPoint what is restored
    /// @param resourceGroup where the new disk is made
    /// @param diskName the new disk's name
    /// @param fileName the new disk's file in the resource group's directory
    /// @param continueOnDamage false in what was stored before there was a choice
    /// @param format one of [DiskFormat], as text; raw in what was stored before there was a choice
    record RestoreOrder(
            String vault,
            String instance,
            String recoveryPoint,
            String resourceGroup,
            String diskName,
            String fileName,
            boolean continueOnDamage,
            String format)
            implements RestoringOrder {
        public RestoreOrder {
            format = Objects.requireNonNullElse(format, DiskFormat.RAW.text());
        }

        public DiskFormat diskFormat() {
            return DiskFormat.of(format).orElseThrow();
        }
    }

    /// A disk that is there, in place: what differs from the recovery point is written.
    ///
    /// @param diskId which disk it was that had the name when the restore was asked for
    record OverwriteOrder(
            String vault,
            String instance,
            String recoveryPoint,
            String resourceGroup,
            String diskName,
            UUID diskId,
            boolean continueOnDamage)
            implements RestoringOrder {}

    /// @param recoveryPoint what is tested
    /// @param resourceGroup where the copy is made, and thrown away
    /// @param slot the plan's scheduled instant; empty for a test on demand
    record RestoreTestOrder(
            String vault, String instance, String recoveryPoint, String resourceGroup, Optional<Instant> slot)
            implements JobOrder {
        @Override
        public boolean userTriggered() {
            return slot.isEmpty();
        }
    }
}
