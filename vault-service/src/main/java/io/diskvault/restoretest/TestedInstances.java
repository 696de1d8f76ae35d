package io.diskvault.restoretest;

import io.diskvault.instance.InstanceId;
import io.diskvault.instance.Proofs;
import io.diskvault.restoretest.view.RestoreProofRow;
import io.diskvault.restoretest.view.RestoreProofRows;
import io.diskvault.restoretest.view.RestoreTestRow;
import io.diskvault.restoretest.view.RestoreTestRows;
import jakarta.inject.Singleton;
import java.util.Collection;
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
    public Standing of(InstanceId instance) {
        Optional<RestoreProofRow> row = proofs.findById(instance.path());
        return new Standing(
                row.map(RestoreProofRow::provenJob).flatMap(tests::findById).map(TestedInstances::proofOf),
                row.map(RestoreProofRow::overdueSince).isPresent());
    }

    private static Proof proofOf(RestoreTestRow row) {
        return new Proof(
                row.recoveryPoint(),
                Objects.requireNonNull(row.endedAt()),
                row.jobId(),
                (row.restoreMillis() + row.verifyMillis()) / 1000.0);
    }
}
