package io.diskvault.web.live;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A kind of thing whose state is told when it changes. The state is the projection's: whoever looks at the lists and
/// then listens sees the same.
public interface Live {
    /// Under which name it is told.
    String name();

    /// The events that change things of the kind.
    Class<?> events();

    /// Which thing an event has changed.
    String keyOf(Object event);

    /// A thing as it is now, or that it is gone; empty if nothing is to be said of it.
    Optional<Shown> show(String key);

    /// @param vault in which it is, whose readers may see it; null for what concerns the server
    /// @param body as the endpoints write it
    record Shown(@Nullable String vault, Object body) {}
}
