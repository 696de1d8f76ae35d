package io.diskvault.stream;

import io.diskvault.access.Access;
import io.diskvault.access.Credentials;
import io.diskvault.access.Grants;
import io.diskvault.access.Permission;
import io.diskvault.access.Scope;
import io.diskvault.access.SignedIn;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Somebody who listens, and what he may hear. That is looked at again and again: when it has changed, or when what
/// he signed in with counts no more, he has to come back and ask anew.
final class Listener {
    private static final long LOOK_NANOS = Duration.ofSeconds(2).toNanos();

    private final Access access;
    private final List<Credentials> credentials;
    private final String principal;
    private final SignedIn signedIn;
    private final Grants grants;
    private long lookedNanos = System.nanoTime();

    Listener(Access access, List<Credentials> credentials, String principal, SignedIn signedIn) {
        this.access = access;
        this.credentials = credentials;
        this.principal = principal;
        this.signedIn = signedIn;
        this.grants = access.of(principal);
    }

    String principal() {
        return principal;
    }

    boolean hears(@Nullable String vault) {
        return grants.allow(Permission.VAULTS_READ, vault == null ? Scope.SERVER : Scope.vault(vault));
    }

    /// Whether he may go on listening.
    boolean mayStay() {
        if (System.nanoTime() - lookedNanos < LOOK_NANOS) {
            return true;
        }
        boolean same = access.of(principal).reach(Permission.VAULTS_READ).equals(grants.reach(Permission.VAULTS_READ));
        lookedNanos = System.nanoTime();
        return same && credentials.stream().allMatch(each -> each.stillCount(signedIn));
    }
}
