package io.diskvault.access;

import io.diskvault.command.GeneralRejection;
import io.diskvault.command.Quoted;
import io.diskvault.command.ResourceName;
import java.util.Set;
import java.util.UUID;

/// How those are called who may do something: a person or program by the name of its tokens (`alice`), somebody whom an
/// OpenID Connect provider knows (`oidc:alice@example.org`), and a vault by its name and identity
/// (`vault:prod#5e0d…`). A vault that is made anew under an old name has another identity, so it inherits nothing.
public final class Principals {
    /// This process, when it asks itself for something.
    static final String PROCESS = "system:process";

    /// What the first start makes.
    static final String ADMINISTRATOR = "administrator";

    private static final Set<String> RESERVED = Set.of(Caller.SYSTEM, Callers.ANONYMOUS);

    private static final String OIDC = "oidc:";
    private static final String VAULT = "vault:";
    private static final int LENGTH_MAX = 200;

    private Principals() {}

    /// The identity of a vault.
    public static String ofVault(String name, UUID identity) {
        return VAULT + name + "#" + identity;
    }

    public static boolean isVault(String principal) {
        return principal.startsWith(VAULT);
    }

    /// Whether somebody else vouches for the principal, not a token.
    public static boolean isForeign(String principal) {
        return principal.startsWith(OIDC);
    }

    /// Checks the name of a person or program that a role is to be given to.
    ///
    /// @throws io.diskvault.command.CommandRejected if nobody can be called so
    public static String check(String principal) {
        if (principal.startsWith(OIDC)) {
            boolean readable = principal.length() > OIDC.length()
                    && principal.length() <= LENGTH_MAX
                    && principal.chars().noneMatch(c -> Character.isISOControl(c) || Character.isWhitespace(c));
            if (!readable) {
                throw GeneralRejection.invalid("principal is %s; after oidc: it has 1 to %d characters without spaces."
                        .formatted(Quoted.of(principal), LENGTH_MAX - OIDC.length()));
            }
            return principal;
        }
        if (RESERVED.contains(principal)) {
            throw GeneralRejection.invalid(
                    "principal is '%s', which the history uses for others; choose another.".formatted(principal));
        }
        return ResourceName.check("principal", principal);
    }
}
