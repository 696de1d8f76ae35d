package io.diskvault.platform;

import io.micronaut.core.propagation.PropagatedContext;
import io.micronaut.core.propagation.PropagatedContextElement;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/// The instant that a request asks about, and the tables as they were then. While it is in the context, the clock
/// stands at that instant and every repository reads those tables.
public record AsOf(Instant instant, Tables tables) implements PropagatedContextElement {
    /// A database with the same tables.
    @FunctionalInterface
    public interface Tables {
        Connection open() throws SQLException;
    }

    /// Empty when the present is asked about, as nearly always.
    public static Optional<AsOf> current() {
        return PropagatedContext.getOrEmpty().find(AsOf.class);
    }

    /// Reads the present, whatever a request asks about: what somebody may see depends on what he may do now.
    public static <T> T present(Supplier<T> reading) {
        Optional<AsOf> past = current();
        return past.isPresent()
                ? PropagatedContext.getOrEmpty().minus(past.get()).propagate(reading)
                : reading.get();
    }
}
