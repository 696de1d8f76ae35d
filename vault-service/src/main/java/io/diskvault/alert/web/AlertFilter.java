package io.diskvault.alert.web;

import io.micronaut.core.annotation.Introspected;
import io.micronaut.http.annotation.QueryValue;
import org.jspecify.annotations.Nullable;

/// Which alerts a caller asks for; what is null does not matter.
@Introspected
record AlertFilter(
        @QueryValue @Nullable String vault,
        @QueryValue @Nullable String instance,
        @QueryValue @Nullable String kind,
        @QueryValue @Nullable String severity,
        @QueryValue @Nullable String state,
        @QueryValue @Nullable String cursor,
        @QueryValue @Nullable Integer limit) {}
