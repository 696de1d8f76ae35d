package io.diskvault.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.diskvault.storage.StorageCurve.Day;
import io.diskvault.storage.view.StorageChange;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class StorageCurveTest {
    private static final LocalDate FIRST = LocalDate.parse("2026-11-18");

    @Test
    void goesBackFromWhatIsStoredNow() {
        StorageCurve curve = StorageCurve.of(
                FIRST,
                FIRST.plusDays(3),
                70,
                List.of(
                        new StorageChange("2026-11-18", 500, 100, 0),
                        new StorageChange("2026-11-19", 30, 20, 60),
                        new StorageChange("2026-11-21", 15, 10, 0)));
        assertEquals(
                List.of(
                        new Day(FIRST, 500, 100),
                        new Day(FIRST.plusDays(1), 30, 60),
                        new Day(FIRST.plusDays(2), 0, 60),
                        new Day(FIRST.plusDays(3), 15, 70)),
                curve.days());
    }
}
