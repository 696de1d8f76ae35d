package io.diskvault.oidc;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.SignedJWT;
import io.micronaut.security.token.jwt.signature.SignatureConfiguration;
import io.micronaut.security.token.jwt.signature.jwks.JwkValidator;
import jakarta.inject.Singleton;
import java.util.Set;

/// The one signature that counts: that of the provider, by a private key of which it has published the other half.
/// With a shared secret (HS256) everybody who can check a token could make one.
///
/// It is there without a provider too, and refuses everything then: a framework that knows of no signature at all
/// takes tokens that have none.
@Singleton
final class ProviderSignature implements SignatureConfiguration {
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private final OidcSettings settings;
    private final ProviderKeys keys;
    private final JwkValidator signatures;

    ProviderSignature(OidcSettings settings, ProviderKeys keys, JwkValidator signatures) {
        this.settings = settings;
        this.keys = keys;
        this.signatures = signatures;
    }

    @Override
    public String supportedAlgorithmsMessage() {
        return "RS, PS and ES with 256, 384 or 512 bits are taken";
    }

    @Override
    public boolean supports(JWSAlgorithm algorithm) {
        return ALGORITHMS.contains(algorithm);
    }

    @Override
    public boolean verify(SignedJWT token) {
        JWSHeader header = token.getHeader();
        String id = header.getKeyID();
        return settings.configured()
                && id != null
                && header.getCriticalParams() == null
                && supports(header.getAlgorithm())
                && keys.find(id).filter(key -> signatures.validate(token, key)).isPresent();
    }
}
