package io.diskvault.job.web;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.QueryValue;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Which jobs a caller asks for; what is null does not matter.
///
/// @param from the earliest time of queuing
/// @param to the time of queuing before which
@Introspected
record JobFilter(
        @QueryValue @Nullable String vault,
        @QueryValue @Nullable String instance,
        @QueryValue @Nullable String operation,
        @QueryValue @Nullable String status,
        @QueryValue @Nullable Instant from,
        @QueryValue @Nullable Instant to,
        @QueryValue @Nullable String cursor,
        @QueryValue @Nullable Integer limit) {}
