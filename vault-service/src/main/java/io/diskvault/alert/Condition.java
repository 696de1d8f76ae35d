package io.diskvault.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Something that time brings about: whether it is so is found out by looking. Whoever knows what to look at
/// implements it; every node may look at any time.
public interface Condition {
    /// Of what kind all its causes are. No other condition and no event reports causes of that kind as lasting.
    AlertKind kind();

    /// All that is so now, each cause once. What was so before and is not among them is over.
    List<Cause> holding(Instant now);

    /// How often to look.
    default Duration every() {
        return Duration.ofMinutes(1);
    }
}
