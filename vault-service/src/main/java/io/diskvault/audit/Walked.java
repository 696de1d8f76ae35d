package io.diskvault.audit;

import java.util.Optional;

/// What is known of a chain of links when it has been walked to its end.
interface Walked {
    /// The last link; empty without events.
    Optional<ChainLink> head();

    /// The highest global index that was linked.
    long indexMax();

    /// How many there were.
    long links();

    /// How many stand after links of later events.
    long late();
}
