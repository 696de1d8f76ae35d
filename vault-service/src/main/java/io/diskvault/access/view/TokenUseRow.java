package io.diskvault.access.view;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;

/// When a token was last used, to the minute. Not a projection: requests write it.
@MappedEntity("api_token_use")
public record TokenUseRow(@Id UUID token, Instant lastUsed) {}
