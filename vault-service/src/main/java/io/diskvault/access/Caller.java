package io.diskvault.access;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Who asks: stored with every event, and never a secret.
///
/// @param principal who; `system` and `system:…` are the server's own work, and no person or program has a name with a
///     colon
/// @param token the token that was shown; empty if there was none
/// @param request ties together what one request, or one piece of the server's own work, has done
/// @param address from where; [#LOCAL] for the server's own work
public record Caller(String principal, Optional<String> token, String request, String address) {
    /// The server itself, when nothing more is known.
    public static final String SYSTEM = "system";

    /// The address of whatever does not come over the network.
    public static final String LOCAL = "local";

    static final String PRINCIPAL = "principal";
    private static final String TOKEN = "token";
    private static final String REQUEST = "request";
    private static final String ADDRESS = "address";

    /// The names under which an event's metadata has a caller.
    static final List<String> NAMES = List.of(PRINCIPAL, TOKEN, REQUEST, ADDRESS);

    Map<String, String> metadata() {
        Map<String, String> metadata = new HashMap<>();
        metadata.put(PRINCIPAL, principal);
        token.ifPresent(id -> metadata.put(TOKEN, id));
        metadata.put(REQUEST, request);
        metadata.put(ADDRESS, address);
        return metadata;
    }
}
