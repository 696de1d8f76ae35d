package io.diskvault.health;

import io.diskvault.instance.ProtectionState;
import io.diskvault.job.JobError;
import java.time.Instant;
import java.util.Optional;

/// What happened to an instance, as far as its health goes.
///
/// @param since from when on backups are expected: it was protected then, or its protection resumed
/// @param latestPoint the snapshot time of the newest recovery point of the disk
/// @param expected empty of an instance that nothing has happened to since health was first looked at
/// @param failing the backups that failed since then
/// @param passed a slot that passed without a backup since then, for a reason that needs somebody
/// @param damage what is known to be damaged
/// @param checkFailed when the latest restore test found the bytes right and what is in them wrong
/// @param proofOverdue since when a restore test was due
public record HealthFacts(
        ProtectionState state,
        Instant since,
        Optional<Instant> latestPoint,
        Optional<ExpectedPoint> expected,
        Optional<Failing> failing,
        Optional<Passed> passed,
        Optional<Damage> damage,
        Optional<Instant> checkFailed,
        Optional<Instant> proofOverdue) {
    /// Backups that failed one after the other.
    ///
    /// @param repeated whether the latest failed for the same reason as the one before
    /// @param since when the first of them failed
    public record Failing(int times, boolean repeated, JobError latest, Instant since) {
        /// After another one.
        public static Failing after(Optional<Failing> before, JobError error, Instant at) {
            return before.map(known ->
                            new Failing(known.times + 1, known.latest.code().equals(error.code()), error, known.since))
                    .orElseGet(() -> new Failing(1, false, error, at));
        }
    }

    /// A slot that passed.
    public record Passed(Reason reason, Instant at) {
        /// What needs somebody.
        public enum Reason {
            /// No server was there.
            MISSED,
            /// There are as many points as there may be.
            LIMIT_REACHED
        }
    }

    /// A recovery point that could not be restored whole.
    ///
    /// @param provenSince whether another point was since proven restorable
    public record Damage(String point, Instant since, boolean provenSince) {}

    /// The code that all which looks for a disk uses.
    public static final String DISK_NOT_FOUND = "UserErrorManagedDiskNotFound";

    /// An instance that has just been protected.
    public static HealthFacts fresh(Instant since, ExpectedPoint expected) {
        return new HealthFacts(
                ProtectionState.PROTECTION_CONFIGURED,
                since,
                Optional.empty(),
                Optional.of(expected),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /// From when on the next point is to be expected: the newest point, or the beginning.
    public Instant last() {
        return latestPoint.filter(since::isBefore).orElse(since);
    }

    /// Whether the latest backup did not find the disk.
    public boolean diskMissing() {
        return failing.filter(it -> it.latest().code().equals(DISK_NOT_FOUND)).isPresent();
    }

    public HealthFacts in(ProtectionState next) {
        return new HealthFacts(next, since, latestPoint, expected, failing, passed, damage, checkFailed, proofOverdue);
    }

    /// What was before the resumption needs nobody any more.
    public HealthFacts resumed(Instant at, ExpectedPoint next) {
        return new HealthFacts(
                ProtectionState.PROTECTION_CONFIGURED,
                at,
                latestPoint,
                Optional.of(next),
                Optional.empty(),
                Optional.empty(),
                damage,
                checkFailed,
                proofOverdue);
    }

    public HealthFacts expecting(ExpectedPoint next) {
        return new HealthFacts(
                state, since, latestPoint, Optional.of(next), failing, passed, damage, checkFailed, proofOverdue);
    }

    /// The clock had been ahead.
    public HealthFacts reopened(Instant at) {
        return new HealthFacts(
                state,
                since.isAfter(at) ? at : since,
                latestPoint,
                expected,
                failing,
                passed.filter(slot -> !slot.at().isAfter(at)),
                damage,
                checkFailed,
                proofOverdue);
    }

    /// A backup came to its end.
    public HealthFacts backedUp(Instant snapshotTime, ExpectedPoint next) {
        return new HealthFacts(
                state,
                since,
                Optional.of(snapshotTime),
                Optional.of(next),
                Optional.empty(),
                Optional.empty(),
                damage,
                checkFailed,
                proofOverdue);
    }

    public HealthFacts failed(JobError error, Instant at) {
        return new HealthFacts(
                state,
                since,
                latestPoint,
                expected,
                Optional.of(Failing.after(failing, error, at)),
                passed,
                damage,
                checkFailed,
                proofOverdue);
    }

    public HealthFacts passedOver(Passed slot) {
        return new HealthFacts(
                state, since, latestPoint, expected, failing, Optional.of(slot), damage, checkFailed, proofOverdue);
    }

    public HealthFacts damaged(Optional<Damage> known) {
        return new HealthFacts(state, since, latestPoint, expected, failing, passed, known, checkFailed, proofOverdue);
    }

    public HealthFacts checked(Optional<Instant> failedAt) {
        return new HealthFacts(state, since, latestPoint, expected, failing, passed, damage, failedAt, proofOverdue);
    }

    public HealthFacts proofOverdue(Optional<Instant> overdueSince) {
        return new HealthFacts(state, since, latestPoint, expected, failing, passed, damage, checkFailed, overdueSince);
    }
}
