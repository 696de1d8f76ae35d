package io.diskvault.web.live;

import java.util.List;

/// What changes all the time without any event, and is told every second as long as it lasts. Whoever misses it
/// learns of the next.
public interface Ticking {
    /// Under which name it is told.
    String name();

    /// Everything of the kind that there is now.
    List<Tick> now();

    /// @param vault whose readers may see it
    /// @param body told again only when it is another one
    record Tick(String key, String vault, Object body) {}
}
