package io.diskvault.oidc;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Optional;

/// How a token is signed. Only with private keys of the provider: with a shared secret (HS256) everybody who can check
/// a token could make one, and `none` is no signature. The token's word for it counts only if its key is of that kind.
enum Algorithm {
    RS256("SHA256withRSA", 0),
    RS384("SHA384withRSA", 0),
    RS512("SHA512withRSA", 0),
    PS256("SHA-256", 0),
    PS384("SHA-384", 0),
    PS512("SHA-512", 0),
    ES256("SHA256withECDSAinP1363Format", 256),
    ES384("SHA384withECDSAinP1363Format", 384),
    ES512("SHA512withECDSAinP1363Format", 521);

    private static final int RSA_BITS_MIN = 2048;

    private final String digest;
    private final int curveBits;

    Algorithm(String digest, int curveBits) {
        this.digest = digest;
        this.curveBits = curveBits;
    }

    static Optional<Algorithm> of(String name) {
        return Arrays.stream(values())
                .filter(known -> known.name().equals(name))
                .findFirst();
    }

    boolean verifies(PublicKey key, byte[] signed, byte[] signature) {
        if (!fits(key)) {
            return false;
        }
        try {
            Signature check = signature();
            check.initVerify(key);
            check.update(signed);
            return check.verify(signature);
        } catch (GeneralSecurityException _) {
            return false; // a signature of another length, for instance
        }
    }

    private boolean fits(PublicKey key) {
        return switch (key) {
            case RSAPublicKey rsa -> curveBits == 0 && rsa.getModulus().bitLength() >= RSA_BITS_MIN;
            case ECPublicKey ec -> ec.getParams().getCurve().getField().getFieldSize() == curveBits;
            default -> false;
        };
    }

    private Signature signature() throws GeneralSecurityException {
        if (!name().startsWith("PS")) {
            return Signature.getInstance(digest);
        }
        Signature pss = Signature.getInstance("RSASSA-PSS");
        int salt = Integer.parseInt(name().substring(2)) / Byte.SIZE;
        pss.setParameter(new PSSParameterSpec(digest, "MGF1", new MGF1ParameterSpec(digest), salt, 1));
        return pss;
    }
}
