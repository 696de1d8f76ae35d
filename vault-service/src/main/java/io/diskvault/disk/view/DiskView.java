package io.diskvault.disk.view;

import io.diskvault.access.Scope;
import io.diskvault.access.view.RoleAssignmentRows;
import io.diskvault.disk.DiskEvent.DiskProtected;
import io.diskvault.disk.DiskEvent.DiskRegistered;
import io.diskvault.disk.DiskEvent.DiskRemoved;
import io.diskvault.disk.DiskEvent.DiskRestoreEnded;
import io.diskvault.disk.DiskEvent.DiskRestoreStarted;
import io.diskvault.disk.DiskEvent.DiskUnprotected;
import io.diskvault.disk.DiskId;
import io.diskvault.web.Views;
import jakarta.inject.Singleton;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;
import org.jspecify.annotations.Nullable;

/// Keeps the table of disks. It can be dropped and replayed.
@Singleton
@ProcessingGroup(Views.GROUP)
public class DiskView {
    private final DiskRows rows;
    private final RoleAssignmentRows assignments;

    DiskView(DiskRows rows, RoleAssignmentRows assignments) {
        this.rows = rows;
        this.assignments = assignments;
    }

    @EventHandler
    void on(DiskRegistered event) {
        DiskId disk = event.disk();
        rows.deleteById(disk.path());
        rows.save(new DiskRow(
                disk.path(),
                disk.resourceGroup(),
                disk.name(),
                event.source(),
                event.type(),
                event.format(),
                event.sizeBytes(),
                event.uniqueId(),
                null,
                event.at(),
                null));
    }

    @EventHandler
    void on(DiskRemoved event) {
        DiskId disk = event.disk();
        assignments.deleteByScope(Scope.disk(disk.resourceGroup(), disk.name()).text());
        rows.deleteById(disk.path());
    }

    @EventHandler
    void on(DiskProtected event) {
        setProtectedBy(event.disk(), event.instance());
    }

    @EventHandler
    void on(DiskUnprotected event) {
        setProtectedBy(event.disk(), null);
    }

    @EventHandler
    void on(DiskRestoreStarted event) {
        require(event.disk(), rows.setRestoringJob(event.disk().path(), event.job()));
    }

    @EventHandler
    void on(DiskRestoreEnded event) {
        require(event.disk(), rows.setRestoringJob(event.disk().path(), null));
    }

    private void setProtectedBy(DiskId disk, @Nullable String instance) {
        require(disk, rows.setProtectedBy(disk.path(), instance));
    }

    private static void require(DiskId disk, long changed) {
        if (changed != 1) {
            throw new IllegalStateException("no row of " + disk);
        }
    }

    @ResetHandler
    void reset() {
        rows.deleteAll();
    }
}
