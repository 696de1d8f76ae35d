package io.diskvault.disk;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.diskvault.command.CommandRejected;
import io.diskvault.command.GeneralRejection;
import io.diskvault.disk.DiskCommand.EndDiskRestore;
import io.diskvault.disk.DiskCommand.ProtectDisk;
import io.diskvault.disk.DiskCommand.RegisterDisk;
import io.diskvault.disk.DiskCommand.StartDiskRestore;
import io.diskvault.disk.DiskCommand.UnprotectDisk;
import io.diskvault.disk.DiskEntry.EnterDisk;
import io.diskvault.disk.DiskEntry.StrikeDisk;
import io.diskvault.disk.DiskEvent.DiskProtected;
import io.diskvault.disk.DiskEvent.DiskRegistered;
import io.diskvault.disk.DiskEvent.DiskRemoved;
import io.diskvault.disk.DiskEvent.DiskRestoreEnded;
import io.diskvault.disk.DiskEvent.DiskRestoreStarted;
import io.diskvault.disk.DiskEvent.DiskUnprotected;
import io.diskvault.engine.source.DiskFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/// A disk belongs to one backup instance at most, not even by two requests at the same moment to two, and one restore
/// at most writes over it. A removed disk's name may be used again; the stream then goes on, and the new unique id
/// tells the two apart.
@AggregateRoot(type = "Disk")
final class Disk {
    @AggregateIdentifier
    @JsonProperty
    @SuppressWarnings("UnusedVariable") // read by the framework
    private @Nullable DiskId id;

    @JsonProperty
    private @Nullable Registration registration;

    @JsonProperty
    private @Nullable String protectedBy;

    @JsonProperty
    private @Nullable UUID uniqueId;

    @JsonProperty
    private @Nullable Restoring restoring;

    Disk() {}

    /// What a disk was registered with; it stays as it is until the disk is removed.
    ///
    /// @param format raw in snapshots made before there were others
    record Registration(String source, String type, String format) {
        Registration {
            format = Objects.requireNonNullElse(format, DiskFormat.RAW.text());
        }

        static Registration of(RegisterDisk order) {
            return new Registration(order.source(), order.type(), order.format());
        }

        @Override
        public String toString() {
            return "source %s, type %s and format %s".formatted(source, type, format);
        }
    }

    /// The restore that writes over the disk, and whom the disk belonged to when it began.
    record Restoring(String job, Optional<String> instance) {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(EnterDisk command) {
        RegisterDisk order = command.order();
        if (registration == null) {
            apply(new DiskRegistered(
                    order.disk(),
                    order.source(),
                    order.type(),
                    order.format(),
                    order.sizeBytes(),
                    order.uniqueId(),
                    order.at()));
        } else if (!registration.equals(Registration.of(order))) {
            throw new CommandRejected(
                    DiskRejection.DISK_DIFFERS,
                    "The disk '%s' is registered with %s, not with %s."
                            .formatted(order.disk().path(), registration, Registration.of(order)));
        }
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(StrikeDisk command) {
        requireRegistered(command.disk());
        if (protectedBy != null) {
            throw new CommandRejected(
                    DiskRejection.DISK_PROTECTED,
                    "The disk '%s' is protected by the backup instance '%s'."
                            .formatted(command.disk().path(), protectedBy));
        }
        requireNotRestored(command.disk());
        apply(new DiskRemoved(command.disk(), command.order().at()));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(ProtectDisk command) {
        requireRegistered(command.disk());
        if (protectedBy == null) {
            requireNotRestored(command.disk());
            apply(new DiskProtected(command.disk(), command.instance(), command.at()));
        } else if (!protectedBy.equals(command.instance())) {
            throw DiskRejection.alreadyProtected(command.disk(), protectedBy);
        }
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(UnprotectDisk command) {
        if (command.instance().equals(protectedBy)) {
            apply(new DiskUnprotected(command.disk(), command.instance(), command.at()));
        }
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(StartDiskRestore command) {
        requireRegistered(command.disk());
        if (restoring != null && restoring.job().equals(command.job())) {
            return;
        }
        requireNotRestored(command.disk());
        if (!command.uniqueId().equals(uniqueId) || !command.instance().equals(Optional.ofNullable(protectedBy))) {
            throw new CommandRejected(
                    GeneralRejection.CONCURRENT_CHANGE,
                    "The disk '%s' was registered anew, protected or given up meanwhile."
                            .formatted(command.disk().path()));
        }
        apply(new DiskRestoreStarted(command.disk(), command.job(), command.instance(), command.at()));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Optional<String> handle(EndDiskRestore command) {
        if (restoring == null || !restoring.job().equals(command.job())) {
            return Optional.empty();
        }
        Optional<String> instance = restoring.instance();
        apply(new DiskRestoreEnded(command.disk(), command.job(), command.at()));
        return instance;
    }

    private void requireNotRestored(DiskId disk) {
        if (restoring != null) {
            throw DiskRejection.beingRestored(disk, restoring.job());
        }
    }

    private void requireRegistered(DiskId disk) {
        if (registration == null) {
            throw DiskRejection.notFound(disk);
        }
    }

    @EventSourcingHandler
    void on(DiskRegistered event) {
        id = event.disk();
        registration = new Registration(event.source(), event.type(), event.format());
        uniqueId = event.uniqueId();
    }

    @EventSourcingHandler
    void on(DiskRemoved event) {
        registration = null;
    }

    @EventSourcingHandler
    void on(DiskProtected event) {
        protectedBy = event.instance();
    }

    @EventSourcingHandler
    void on(DiskUnprotected event) {
        protectedBy = null;
    }

    @EventSourcingHandler
    void on(DiskRestoreStarted event) {
        restoring = new Restoring(event.job(), event.instance());
    }

    @EventSourcingHandler
    void on(DiskRestoreEnded event) {
        restoring = null;
    }
}
