package io.diskvault.platform;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/// The transaction that the caller is in.
@Singleton
final class OpenTransaction {
    /// Both databases number a transaction when it first writes.
    private static final String NUMBER_ON_H2 = "SELECT TRANSACTION_ID()";

    private static final String NUMBER_ON_POSTGRESQL = "SELECT txid_current_if_assigned()";

    private final DataSource database;
    private final String number;

    OpenTransaction(DataSource database, DatabaseSettings settings) {
        this.database = database;
        this.number = settings.url().startsWith(DatabaseSettings.H2) ? NUMBER_ON_H2 : NUMBER_ON_POSTGRESQL;
    }

    /// Whether it has written anything, of whatever table.
    boolean hasWritten() {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(number)) {
            return row.next() && row.getString(1) != null;
        } catch (SQLException failure) {
            throw new IllegalStateException("the database does not tell whether a transaction has written", failure);
        }
    }
}
