package io.diskvault.restoretest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.instance.InstanceId;
import io.diskvault.restoretest.TestTurns.Candidate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// Everybody gets a turn, whatever the share, and whoever looks at it in whatever order.
class TestTurnsLawsTest {
    private static final Instant START = Instant.parse("2026-11-01T02:00:00Z");

    private static List<Candidate> candidates(int count, Map<InstanceId, Instant> tested, long seed) {
        List<Candidate> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            InstanceId instance = new InstanceId("prod", "disk-" + i);
            // Some were protected at the same moment.
            Instant since = START.minus(Duration.ofDays(100 + i / 3));
            all.add(new Candidate(instance, since, Optional.ofNullable(tested.get(instance)), false));
        }
        Collections.shuffle(all, new Random(seed));
        return all;
    }

    @Property(tries = 200)
    void withinAHundredThroughTheShareRunsEverybodyWasTested(
            @ForAll @IntRange(min = 1, max = 60) int count,
            @ForAll @IntRange(min = 1, max = 100) int sharePercent,
            @ForAll long seed) {
        Map<InstanceId, Instant> tested = new HashMap<>();
        // An arbitrary past: some were tested before, in whatever order.
        Random random = new Random(seed);
        for (int i = 0; i < count; i++) {
            if (random.nextBoolean()) {
                tested.put(new InstanceId("prod", "disk-" + i), START.minusSeconds(random.nextInt(1_000_000) + 1));
            }
        }
        Set<InstanceId> turns = new HashSet<>();
        int runs = Math.ceilDiv(100, sharePercent);
        for (int run = 0; run < runs; run++) {
            Instant slot = START.plus(Duration.ofDays(run));
            List<Candidate> next = TestTurns.of(candidates(count, tested, seed + run), sharePercent)
                    .next();
            assertTrue(next.size() <= Math.max(1, Math.ceilDiv(count * sharePercent, 100)), "no more than the share");
            next.forEach(candidate -> tested.put(candidate.instance(), slot));
            next.forEach(candidate -> turns.add(candidate.instance()));
        }
        assertEquals(count, turns.size());
    }

    @Property(tries = 100)
    void theOrderOfTheQuestionDoesNotMatter(
            @ForAll @IntRange(min = 1, max = 30) int count,
            @ForAll @IntRange(min = 1, max = 100) int sharePercent,
            @ForAll long seed) {
        assertEquals(
                TestTurns.of(candidates(count, Map.of(), seed), sharePercent),
                TestTurns.of(candidates(count, Map.of(), seed + 1), sharePercent));
    }

    @Property(tries = 100)
    void whatIsToldOfTheNextTurnComesTrue(
            @ForAll @IntRange(min = 1, max = 30) int count,
            @ForAll @IntRange(min = 1, max = 100) int sharePercent,
            @ForAll long seed) {
        Map<InstanceId, Instant> tested = new HashMap<>();
        TestTurns told = TestTurns.of(candidates(count, tested, seed), sharePercent);
        for (int run = 0; run <= told.runsUntil(count - 1); run++) {
            Instant slot = START.plus(Duration.ofDays(run));
            int number = run;
            List<Candidate> next =
                    TestTurns.of(candidates(count, tested, seed), sharePercent).next();
            for (int place = 0; place < count; place++) {
                Candidate candidate = told.waiting().get(place);
                if (told.runsUntil(place) == number) {
                    assertTrue(
                            next.stream().anyMatch(chosen -> chosen.instance().equals(candidate.instance())),
                            candidate + " in run " + number);
                }
            }
            next.forEach(candidate -> tested.put(candidate.instance(), slot));
        }
    }
}
