package io.diskvault.storage;

import io.diskvault.storage.view.StorageChange;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What was added day by day, and what was stored at the end of each day.
///
/// @param days oldest first, without gaps
public record StorageCurve(List<Day> days) {
    public StorageCurve {
        days = List.copyOf(days);
    }

    /// @param addedBytes by the recovery points made that day
    /// @param storedBytes by all that were there when it ended
    public record Day(LocalDate day, long addedBytes, long storedBytes) {}

    /// Goes back from what is stored now.
    ///
    /// @param changes in any order, any number for a day; those before the first day do not count
    public static StorageCurve of(LocalDate first, LocalDate last, long storedNow, List<StorageChange> changes) {
        Map<String, StorageChange> byDay = changes.stream()
                .collect(Collectors.toMap(StorageChange::onDay, Function.identity(), StorageChange::plus));
        List<Day> newestFirst = new ArrayList<>();
        long stored = storedNow;
        for (LocalDate day = last; !day.isBefore(first); day = day.minusDays(1)) {
            StorageChange change = byDay.getOrDefault(day.toString(), new StorageChange(day.toString(), 0, 0, 0));
            newestFirst.add(new Day(day, change.addedBytes(), stored));
            stored -= change.storedBytes() - change.expiredBytes();
        }
        return new StorageCurve(newestFirst.reversed());
    }
}
