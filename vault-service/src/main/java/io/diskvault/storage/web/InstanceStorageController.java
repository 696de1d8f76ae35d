package io.diskvault.storage.web;

import io.diskvault.access.Allow;
import io.diskvault.access.Permission;
import io.diskvault.instance.InstanceCatalog;
import io.diskvault.instance.InstanceId;
import io.diskvault.instance.InstanceRejection;
import io.diskvault.instance.view.RecoveryPointRow;
import io.diskvault.instance.view.RecoveryPointRows;
import io.diskvault.snapshot.UniqueStorage;
import io.diskvault.snapshot.UniqueStorage.Found;
import io.diskvault.storage.StorageCurve;
import io.diskvault.storage.view.InstanceStorageRow;
import io.diskvault.storage.view.InstanceStorageRows;
import io.diskvault.storage.view.StorageChange;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// `…/backup-instances/{instance}/storage`.
@Controller("/api/v1/backup-vaults/{vault}/backup-instances/{instance}/storage")
@ExecuteOn(TaskExecutors.BLOCKING)
final class InstanceStorageController {
    private static final int DAYS = 30;

    private final InstanceStorageRows rows;
    private final RecoveryPointRows points;
    private final InstanceCatalog instances;
    private final UniqueStorage unique;
    private final Clock clock;

    InstanceStorageController(
            InstanceStorageRows rows,
            RecoveryPointRows points,
            InstanceCatalog instances,
            UniqueStorage unique,
            Clock clock) {
        this.rows = rows;
        this.points = points;
        this.instances = instances;
        this.unique = unique;
        this.clock = clock;
    }

    @Get
    @Allow(Permission.VAULTS_READ)
    InstanceStorageResponse get(String vault, String instance) {
        InstanceId id = new InstanceId(vault, instance);
        InstanceStorageRow row = rows.findById(id.path()).orElseThrow(() -> InstanceRejection.notFound(id));
        LocalDate today = dayOf(clock.instant());
        LocalDate first = today.minusDays(DAYS - 1L);
        List<RecoveryPointRow> found = points.liveOrChangedSince(
                id.path(), first.atStartOfDay(ZoneOffset.UTC).toInstant());
        UniqueStorage.Answer answer = instances
                .datastoreOf(id)
                .map(directory -> unique.of(Path.of(directory), id.datastoreName()))
                .orElseThrow(() -> InstanceRejection.notFound(id));
        Map<String, Long> freed = answer.found().map(Found::ofPoints).orElse(Map.of());
        return new InstanceStorageResponse(
                row.logicalBytes(),
                row.usedBytes(),
                row.storedBytes(),
                answer.found().map(Found::uniqueBytes).orElse(null),
                answer.found().map(Found::at).orElse(null),
                answer.note().orElse(null),
                curve(found, first, today, row.storedBytes()),
                found.stream()
                        .filter(RecoveryPointRow::isLive)
                        .map(point -> new InstanceStorageResponse.Point(
                                point.id(),
                                point.snapshotTime(),
                                point.changedBytes(),
                                point.storedBytes(),
                                freed.get(point.id())))
                        .toList());
    }

    private static List<StorageCurve.Day> curve(
            List<RecoveryPointRow> points, LocalDate first, LocalDate today, long storedNow) {
        Stream<StorageChange> made = points.stream()
                .map(point -> new StorageChange(
                        dayOf(point.snapshotTime()).toString(), point.changedBytes(), point.storedBytes(), 0));
        Stream<StorageChange> gone = points.stream()
                .flatMap(point -> Optional.ofNullable(point.expiredTime()).stream()
                        .map(at -> new StorageChange(dayOf(at).toString(), 0, 0, point.storedBytes())));
        return StorageCurve.of(
                        first, today, storedNow, Stream.concat(made, gone).toList())
                .days();
    }

    private static LocalDate dayOf(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC).toLocalDate();
    }
}
