package io.diskvault.restoretest.view;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import io.diskvault.job.JobError;
import io.diskvault.resourcegroup.ResourceGroupId;
import io.diskvault.restoretest.DamagedRange;
import io.diskvault.restoretest.PlannedBy;
import io.diskvault.restoretest.RestoreTestEvent.RestoreTestRequested;
import io.diskvault.restoretest.TestEvidence;
import io.diskvault.restoretest.TestOutcome;
import io.diskvault.restoretest.TestTerms;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One restore test, kept for ever.
///
/// @param instanceId `vault/name`
/// @param planVersion by which it was made; null if somebody asked for it
/// @param outcome as [io.diskvault.restoretest.TestOutcome] writes it, or [#NOT_TESTED]; null until it has ended
/// @param damaged ranges such as `0-4096`, with commas between
/// @param errorCode with its companions: why it could not be restored, or tested
@MappedEntity("restore_test")
public record RestoreTestRow(
        @Id String jobId,
        String instanceId,
        String recoveryPoint,
        String scratchGroup,
        boolean fileSystem,
        @Nullable String script,
        long checkLimitSeconds,
        @Nullable Long planVersion,
        @Nullable Instant slot,
        Instant requestedAt,
        @Nullable Instant endedAt,
        @Nullable String outcome,
        long logicalBytes,
        long restoredBytes,
        long restoreMillis,
        long verifyMillis,
        String damaged,
        long moreDamaged,
        @Nullable String errorCode,
        @Nullable String errorMessage,
        @Nullable String errorAction) {
    /// The outcome of a test that found nothing out: it was cancelled, or something else than the point was in the way.
    public static final String NOT_TESTED = "NotTested";

    static RestoreTestRow of(RestoreTestRequested event) {
        TestTerms terms = event.terms();
        return new RestoreTestRow(
                event.job().text(),
                event.instance().path(),
                event.recoveryPoint(),
                terms.scratchGroup().name(),
                terms.fileSystem(),
                terms.script().orElse(null),
                terms.checkTimeLimit().toSeconds(),
                event.plan().map(PlannedBy::version).orElse(null),
                event.plan().map(PlannedBy::slot).orElse(null),
                event.at(),
                null,
                null,
                0,
                0,
                0,
                0,
                "",
                0,
                null,
                null,
                null);
    }

    static String textOf(List<DamagedRange> ranges) {
        return ranges.stream().map(range -> range.start() + "-" + range.end()).collect(joining(","));
    }

    /// The parts that could not be restored.
    public List<DamagedRange> damagedRanges() {
        return damaged.isEmpty()
                ? List.of()
                : Arrays.stream(damaged.split(",", -1))
                        .map(RestoreTestRow::rangeOf)
                        .toList();
    }

    private static DamagedRange rangeOf(String text) {
        int hyphen = text.indexOf('-');
        return new DamagedRange(Long.parseLong(text.substring(0, hyphen)), Long.parseLong(text.substring(hyphen + 1)));
    }

    /// What it found, of a test that has found something.
    public TestEvidence evidence(List<RestoreTestCheckRow> checks) {
        return new TestEvidence(
                TestOutcome.of(requireNonNull(outcome)),
                logicalBytes,
                restoredBytes,
                restoreMillis,
                verifyMillis,
                checks.stream().map(RestoreTestCheckRow::result).toList(),
                damagedRanges(),
                moreDamaged,
                Optional.ofNullable(error()));
    }

    /// Why it could not be restored, or tested.
    public @Nullable JobError error() {
        return errorCode == null || errorMessage == null || errorAction == null
                ? null
                : new JobError(errorCode, errorMessage, errorAction, false);
    }

    /// What it does, or did.
    public TestTerms terms() {
        return new TestTerms(
                new ResourceGroupId(scratchGroup),
                fileSystem,
                Optional.ofNullable(script),
                Duration.ofSeconds(checkLimitSeconds));
    }
}
