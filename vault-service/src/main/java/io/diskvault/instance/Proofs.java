package io.diskvault.instance;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/// What is known of whether recovery points can be restored. A feature that tests it knows.
public interface Proofs {
    /// A test in which a point came back whole and passed its checks.
    ///
    /// @param job of the test
    /// @param seconds how long restoring and reading back took
    record Proof(String recoveryPoint, Instant provenTime, String job, double seconds) {}

    /// Where an instance stands.
    ///
    /// @param last its latest proof
    /// @param overdue whether it should have had another one by now
    record Standing(Optional<Proof> last, boolean overdue) {}

    /// The latest proof of each of these points that has one.
    Map<String, Proof> ofPoints(Collection<String> points);

    /// Where an instance stands that is there.
    Standing of(InstanceId instance);
}
