/// People who sign in at an OpenID Connect provider: its tokens (JWTs) are taken instead of our own.
///
/// The *issuer* is the provider, the *audience* is how it names this server, and the *keys* are those that it
/// publishes (JWKS). What such a caller may do is granted to its principal, `oidc:` and the name, like to any other;
/// the prefix keeps it apart from the principals of tokens and vaults. The framework's JWT module does the work; which
/// keys, signatures and claims count is decided here, see ADR 13.
@NullMarked
package io.diskvault.oidc;

import org.jspecify.annotations.NullMarked;
