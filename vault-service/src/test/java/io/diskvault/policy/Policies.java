package io.diskvault.policy;

import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// Random policies. Durations of days and weeks are mostly short, so that much happens in little time.
final class Policies {
    private static final List<String> ZONES = List.of(
            "UTC",
            "Europe/Amsterdam",
            "America/New_York",
            "Australia/Lord_Howe",
            "Asia/Kolkata",
            "Pacific/Apia",
            "Pacific/Chatham",
            "America/Nuuk",
            "Africa/Casablanca",
            "America/Havana",
            "Atlantic/Azores",
            "Asia/Beirut");

    private static final List<BackupFrequency> FREQUENCIES = List.of(BackupFrequency.values());

    private final Random random;

    Policies(long seed) {
        this.random = new Random(seed);
    }

    PolicySimulation next() {
        return next(FREQUENCIES.get(random.nextInt(FREQUENCIES.size())), 60);
    }

    /// @param daysMax of the days and weeks that points are kept
    PolicySimulation next(BackupFrequency frequency, int daysMax) {
        OffsetDateTime anchor = LocalDateTime.of(2023 + random.nextInt(5), 1 + random.nextInt(12), 1, 0, 0)
                .plusMinutes(random.nextInt(31 * 24 * 2) * 30L)
                .atZone(ZoneId.of("UTC"))
                .toOffsetDateTime();
        Optional<ZoneId> zone = random.nextInt(4) == 0
                ? Optional.empty()
                : Optional.of(ZoneId.of(ZONES.get(random.nextInt(ZONES.size()))));
        return new PolicySimulation(
                new BackupSchedule(List.of(new RepeatingInterval(anchor, frequency)), zone), retention(daysMax));
    }

    private RetentionRules retention(int daysMax) {
        List<RetentionRule> rules = new ArrayList<>();
        for (RetentionTag tag : RetentionTag.values()) {
            if (tag == RetentionTag.DEFAULT || random.nextInt(2) == 0) {
                rules.add(new RetentionRule(tag, duration(daysMax)));
            }
        }
        return new RetentionRules(rules);
    }

    private RetentionDuration duration(int daysMax) {
        return new RetentionDuration(
                switch (random.nextInt(8)) {
                    case 0 -> "P" + (1 + random.nextInt(Math.max(1, daysMax / 30))) + "M";
                    case 1, 2 -> "P" + (1 + random.nextInt(Math.max(1, daysMax / 7))) + "W";
                    case 3 -> daysMax > 400 ? "P" + (1 + random.nextInt(daysMax / 366)) + "Y" : "P1D";
                    default -> "P" + (1 + random.nextInt(daysMax)) + "D";
                });
    }
}
