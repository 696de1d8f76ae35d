package io.diskvault.platform;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/// Where the server keeps its events and tables.
///
/// @param url a JDBC address; H2 in the data directory unless set. PostgreSQL when more than one node shares it
/// @param username as the database knows it
/// @param password as the database knows it; empty unless set
@ConfigurationProperties("diskvault.database")
public record DatabaseSettings(
        String url,
        String username,
        @Bindable(defaultValue = "") String password) {
    static final String H2 = "jdbc:h2:";

    /// Whether the database is inside this process, so that no other can use it.
    public boolean embedded() {
        return url.startsWith(H2) && !url.startsWith(H2 + "tcp:") && !url.startsWith(H2 + "ssl:");
    }

    /// Without the password, so that it cannot slip into a log.
    @Override
    public String toString() {
        return "DatabaseSettings[" + url + "]";
    }
}
