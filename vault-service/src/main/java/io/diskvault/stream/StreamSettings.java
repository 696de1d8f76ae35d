package io.diskvault.stream;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/// How many may listen to this node at once. Each listener asks the database now and then.
///
/// @param connections in all, 1 to 10000
/// @param connectionsPerPrincipal of one person or program, 1 to 1000; each page of a browser is one
@ConfigurationProperties("diskvault.stream")
public record StreamSettings(
        @Bindable(defaultValue = "200") int connections,
        @Bindable(defaultValue = "10") int connectionsPerPrincipal) {
    public StreamSettings {
        if (connections < 1 || connections > 10_000) {
            throw new IllegalArgumentException(
                    "diskvault.stream.connections is %d; 1 to 10000 is allowed".formatted(connections));
        }
        if (connectionsPerPrincipal < 1 || connectionsPerPrincipal > 1000) {
            throw new IllegalArgumentException("diskvault.stream.connections-per-principal is %d; 1 to 1000 is allowed"
                    .formatted(connectionsPerPrincipal));
        }
    }
}
