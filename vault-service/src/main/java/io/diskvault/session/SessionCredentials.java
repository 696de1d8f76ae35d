package io.diskvault.session;

import io.diskvault.access.Credentials;
import io.diskvault.access.SignedIn;
import jakarta.inject.Singleton;

/// Sessions end with their time, and when somebody ends them.
@Singleton
final class SessionCredentials implements Credentials {
    private final Sessions sessions;

    SessionCredentials(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public boolean stillCount(SignedIn who) {
        return who.session().map(sessions::lives).orElse(true);
    }
}
