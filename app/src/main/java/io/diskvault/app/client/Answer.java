package io.diskvault.app.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/// What the server said to a request that it accepted.
///
/// @param etag which version of the resource this is, for a change that must not overwrite another's
public record Answer(int status, JsonNode body, Optional<String> etag) {
    public boolean created() {
        return status == 201;
    }
}
