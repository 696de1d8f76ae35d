package io.diskvault.engine.lease;

import java.util.Optional;
import java.util.OptionalLong;

/// A lease whose owner lives, as others see it.
///
/// @param file its name in the datastore
/// @param epoch the number of the epoch that its owner knows; 0 when the lease cannot be read
/// @param reliesOnPlaces whether its owner keeps what it does not know to be condemned from being deleted
/// @param tree what its owner reads
/// @param process the number of its owner's process, on its own machine and in its own container
public record LiveLease(
        String file,
        long epoch,
        Optional<Purpose> purpose,
        boolean reliesOnPlaces,
        Optional<ProtectedTree> tree,
        OptionalLong process) {

    static LiveLease of(String file, LeaseFile content) {
        return new LiveLease(
                file,
                content.epoch(),
                Optional.of(content.purpose()),
                content.purpose().reliesOnPlaces(),
                content.tree(),
                OptionalLong.of(content.process()));
    }

    /// Of one that is being written at this moment, or by another version of this program: the worst is assumed.
    static LiveLease unreadable(String file) {
        return new LiveLease(file, 0, Optional.empty(), true, Optional.empty(), OptionalLong.empty());
    }
}
