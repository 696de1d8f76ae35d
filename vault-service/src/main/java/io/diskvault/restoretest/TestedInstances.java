package io.diskvault.restoretest;

import io.diskvault.instance.Proofs;
import io.diskvault.restoretest.view.RestoreProofRow;
import io.diskvault.restoretest.view.RestoreProofRows;
import io.diskvault.restoretest.view.RestoreTestRow;
import io.diskvault.restoretest.view.RestoreTestRows;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/// What restore tests have proven.
@Singleton
final class TestedInstances implements Proofs {
    private final RestoreTestRows tests;
    private final RestoreProofRows proofs;

    TestedInstances(RestoreTestRows tests, RestoreProofRows proofs) {
        this.tests = tests;
        this.proofs = proofs;
    }

    @Override
    public Map<String, Proof> ofPoints(Collection<String> points) {
        return points.isEmpty()
                ? Map.of()
                : tests.proofsOf(points).stream()
                        .map(TestedInstances::proofOf)
                        .collect(Collectors.toMap(Proof::recoveryPoint, proof -> proof, (_, later) -> later));
    }

    @Override
    public Map<String, Standing> ofInstances(Collection<String> instances) {
        if (instances.isEmpty()) {
            return Map.of();
        }
        List<RestoreProofRow> rows = proofs.findByInstanceIdIn(instances);
        List<String> jobs = rows.stream()
                .map(RestoreProofRow::provenJob)
                .filter(Objects::nonNull)
                .toList();
        Map<String, Proof> proven = jobs.isEmpty()
                ? Map.of()
                : tests.findByJobIdIn(jobs).stream()
                        .map(TestedInstances::proofOf)
                        .collect(Collectors.toMap(Proof::job, proof -> proof));
        return rows.stream()
                .collect(Collectors.toMap(
                        RestoreProofRow::instanceId,
                        row -> new Standing(
                                Optional.ofNullable(row.provenJob()).map(proven::get), row.overdueSince() != null)));
    }

    private static Proof proofOf(RestoreTestRow row) {
        return new Proof(
                row.recoveryPoint(),
                Objects.requireNonNull(row.endedAt()),
                row.jobId(),
                (row.restoreMillis() + row.verifyMillis()) / 1000.0);
    }
}
