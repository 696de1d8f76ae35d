package io.diskvault.access;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Says, again and again while something runs, whether it may go on: looks so often that what is taken away ends soon,
/// and so seldom that it costs nothing. Belongs to one thread at a time.
public final class RepeatedLook implements BooleanSupplier {
    private static final long LOOK_NANOS = Duration.ofMillis(100).toNanos();

    private final BooleanSupplier look;
    private long looked = System.nanoTime();
    private boolean allowed = true;

    /// @param look what was true just now
    public RepeatedLook(BooleanSupplier look) {
        this.look = look;
    }

    @Override
    public boolean getAsBoolean() {
        if (allowed && System.nanoTime() - looked >= LOOK_NANOS) {
            looked = System.nanoTime();
            allowed = look.getAsBoolean();
        }
        return allowed;
    }
}
