package io.diskvault.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.diskvault.instance.InstanceId;
import io.diskvault.scheduler.SimulatedSchedule.Trouble;
import io.diskvault.slot.SlotState;
import io.diskvault.slot.view.SlotRow;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/// Whatever goes wrong, no slot is run twice, every slot of every instance ends in exactly one state of the ledger, and
/// none is missed without a reason.
///
/// `-Dsimulation.days=`, `-Dsimulation.instances=` and `-Dsimulation.seed=` change what is simulated.
class ScheduleSimulationTest {
    private final Logger log = (Logger) LoggerFactory.getLogger(SlotDecisions.class);

    @BeforeEach
    void beQuiet() {
        log.setLevel(Level.ERROR);
    }

    @AfterEach
    void beAsBefore() {
        log.setLevel(null);
    }

    @Test
    void everySlotEndsInExactlyOneStateAndNoneIsRunTwice() {
        long seed = Long.getLong("simulation.seed", new Random().nextLong());
        int days = Integer.getInteger("simulation.days", 400);
        int instances = Integer.getInteger("simulation.instances", 50);
        System.out.printf("simulation: seed %d, %d days, %d instances%n", seed, days, instances);
        SimulatedSchedule simulated = new SimulatedSchedule(seed, instances, Duration.ofDays(days));
        simulated.run();
        Map<SlotState, Integer> states = new TreeMap<>();
        for (InstanceId instance : simulated.history().instances()) {
            check(simulated, instance, states);
        }
        System.out.printf(
                "simulation: %d slots %s, %d jobs, %d retries, %d attempts lost, %d late reports refused, %d events;"
                        + " survived %s%n",
                states.values().stream().mapToInt(Integer::intValue).sum(),
                states,
                simulated.history().jobs(),
                simulated.history().retries(),
                simulated.history().lostAttempts(),
                simulated.workers().fenced(),
                simulated.events(),
                simulated.troubles());
        if (days >= 400 && instances >= 50) {
            // In one seed of ten no schedule is changed while the clock is ahead; WakeUpTest has that case for certain.
            Set<Trouble> survived = new HashSet<>(simulated.troubles().keySet());
            survived.add(Trouble.SCHEDULE_TIME_CORRECTED);
            assertEquals(Set.of(Trouble.values()), survived, "nothing was tested by that");
            Set<SlotState> ends = new HashSet<>(List.of(SlotState.values()));
            ends.removeIf(state -> !state.isFinal());
            assertEquals(ends, states.keySet(), "nothing ended so");
        }
    }

    private static void check(SimulatedSchedule simulated, InstanceId instance, Map<SlotState, Integer> states) {
        SimulatedHistory history = simulated.history();
        Instant since = history.instance(instance).protectedSince();
        Instant now = simulated.end();
        Map<Instant, SlotRow> rows = new TreeMap<>();
        simulated.ledger().all(instance.path()).forEach(row -> rows.put(row.slot(), row));
        for (Instant slot : history.timeline(instance).slotsBetween(since, now, Integer.MAX_VALUE)) {
            SlotRow row = rows.remove(slot);
            if (row == null && history.wasDecidedBefore(instance, slot)) {
                continue;
            }
            assertNotNull(row, () -> "a silent gap: " + instance + " at " + slot);
            SlotState state = SlotState.of(row.state());
            assertTrue(state.isFinal(), () -> "not ended: " + row);
            assertEquals(
                    state == SlotState.MISSED || state == SlotState.COALESCED,
                    row.job() == null && state != SlotState.SKIPPED,
                    row::toString);
            assertFalse(
                    state == SlotState.MISSED && simulated.mustStart(instance, slot),
                    () -> "missed though all was well: " + row);
            states.merge(state, 1, Integer::sum);
        }
        // What is left ran while the clock was ahead, or behind the beginning of the protection, or stays as the
        // timeline was when it was decided.
        rows.values()
                .forEach(row -> assertTrue(
                        row.job() != null || history.wasDecidedBefore(instance, row.slot()),
                        () -> "a slot that has not come is decided: " + row));
    }
}
