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
    record Standing(Optional<Proof> last, boolean overdue) {
        /// Never tested, and nobody wanted it to be.
        public static final Standing NONE = new Standing(Optional.empty(), false);
    }

    /// The latest proof of each of these points that has one.
    Map<String, Proof> ofPoints(Collection<String> points);

    /// Where instances stand that are there, by `vault/name`.
    Map<String, Standing> ofInstances(Collection<String> instances);
}
