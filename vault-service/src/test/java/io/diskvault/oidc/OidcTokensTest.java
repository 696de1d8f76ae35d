package io.diskvault.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.diskvault.testing.ShiftedClock;
import io.diskvault.testing.TestDatabase;
import io.diskvault.testing.TestServer;
import io.diskvault.testing.TestServer.Answer;
import io.micronaut.context.exceptions.ConfigurationException;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tokens of a provider in this process, good and forged ones.
final class OidcTokensTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ISSUER = "https://login.example.org";
    private static final String AUDIENCE = "diskvault";

    private static KeyPair rsa;
    private static KeyPair other;
    private static KeyPair ec;
    private static HttpServer provider;
    private static ArrayNode published = JSON.createArrayNode();
    private static int asked;
    private static boolean down;
    private static TestServer server;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        rsa = generator.generateKeyPair();
        other = generator.generateKeyPair();
        KeyPairGenerator curves = KeyPairGenerator.getInstance("EC");
        curves.initialize(256);
        ec = curves.generateKeyPair();
        provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        provider.createContext("/keys", exchange -> {
            asked++;
            if (down) {
                exchange.close();
                return;
            }
            byte[] body = JSON.writeValueAsBytes(JSON.createObjectNode().set("keys", published));
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        provider.start();
        Map<String, Object> settings = new HashMap<>(TestDatabase.H2.fresh(directory));
        settings.put("diskvault.oidc.issuer", ISSUER);
        settings.put("diskvault.oidc.audience", AUDIENCE);
        settings.put("diskvault.oidc.jwks-url", keysUrl());
        settings.put("diskvault.oidc.name-claim", "email");
        settings.put("diskvault.sign-in.failures", 1_000_000);
        settings.put("diskvault.sign-in.failures-overall", 1_000_000);
        settings.put(ShiftedClock.SETTING, true);
        server = TestServer.start(settings);
    }

    @AfterAll
    static void stop() {
        server.close();
        provider.stop(0);
    }

    @BeforeEach
    void publish() {
        published = JSON.createArrayNode().add(jwk("rsa-1", rsa)).add(jwk("ec-1", ec));
        asked = 0;
        // The keys of the test before are forgotten by then.
        ShiftedClock.advance(Duration.ofMinutes(16));
    }

    private static String keysUrl() {
        return "http://127.0.0.1:" + provider.getAddress().getPort() + "/keys";
    }

    @Test
    void takesWhatTheProviderHasSigned() throws Exception {
        for (String algorithm : new String[] {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"}) {
            assertNames("oidc:alice@example.org", token(algorithm, "rsa-1", rsa, _ -> {}));
        }
        assertNames("oidc:alice@example.org", token("ES256", "ec-1", ec, _ -> {}));
        assertNames(
                "oidc:alice@example.org",
                token(
                        "RS256",
                        "rsa-1",
                        rsa,
                        claims -> claims.putArray("aud").add("another").add(AUDIENCE)));
        assertEquals(1, asked);
    }

    @Test
    void refusesExpiredOnesAndThoseOfTomorrow() throws Exception {
        assertNobody(token("RS256", "rsa-1", rsa, claims -> claims.put("exp", now() - 60)));
        assertNames("oidc:alice@example.org", token("RS256", "rsa-1", rsa, claims -> claims.put("exp", now() - 58)));
        assertNobody(token("RS256", "rsa-1", rsa, claims -> claims.put("nbf", now() + 90)));
        assertNobody(token("RS256", "rsa-1", rsa, claims -> claims.remove("exp")));
        assertNobody(token("RS256", "rsa-1", rsa, claims -> claims.put("exp", "never")));
        assertNobody(token("RS256", "rsa-1", rsa, claims -> claims.put("exp", 1e300)));
    }

    @Test
    void refusesThoseOfOthersAndForOthers() throws Exception {
        assertNobody(token("RS256", "rsa-1", rsa, claims -> claims.put("iss", ISSUER + "/")));
        assertNobody(token("RS256", "rsa-1", rsa, claims -> claims.remove("iss")));
        assertNobody(token("RS256", "rsa-1", rsa, claims -> claims.put("aud", "another")));
        assertNobody(
                token("RS256", "rsa-1", rsa, claims -> claims.putArray("aud").add("another")));
        assertNobody(token("RS256", "rsa-1", rsa, claims -> claims.remove("aud")));
    }

    @Test
    void refusesForgedSignatures() throws Exception {
        assertNobody(token("RS256", "rsa-1", other, _ -> {}));
        String good = token("RS256", "rsa-1", rsa, _ -> {});
        String[] parts = good.split("\\.", -1);
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8).replace("alice", "mallory");
        assertNobody(parts[0] + "." + base64(claims.getBytes(UTF_8)) + "." + parts[2]);
        assertNobody(parts[0] + "." + parts[1] + ".");
        assertNobody(parts[0] + "." + parts[1]);
        assertNobody(good + ".x");
        assertNobody(token("ES256", "rsa-1", ec, _ -> {}));
        assertNobody(token("RS256", "ec-1", rsa, _ -> {}));
    }

    @Test
    void refusesNoneAndSharedSecrets() throws Exception {
        for (String none : new String[] {"none", "None", "NONE", "nOnE", ""}) {
            String unsigned = head(none, "rsa-1") + "." + base64(JSON.writeValueAsBytes(claims()));
            assertNobody(unsigned + ".");
            assertNobody(unsigned + "." + base64(new byte[256]));
        }
        String body = head("HS256", "rsa-1") + "." + base64(JSON.writeValueAsBytes(claims()));
        for (byte[] secret : new byte[][] {
            rsa.getPublic().getEncoded(),
            ((RSAPublicKey) rsa.getPublic()).getModulus().toByteArray(),
            Base64.getMimeEncoder().encode(rsa.getPublic().getEncoded())
        }) {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            assertNobody(body + "." + base64(mac.doFinal(body.getBytes(UTF_8))));
        }
    }

    @Test
    void refusesKeysThatAreWeakOrForSomethingElse() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        KeyPair weak = generator.generateKeyPair();
        published.add(jwk("weak", weak)).add(jwk("enc-1", other).put("use", "enc"));
        assertNobody(token("RS256", "weak", weak, _ -> {}));
        assertNobody(token("RS256", "enc-1", other, _ -> {}));
        assertNames("oidc:alice@example.org", token("RS256", "rsa-1", rsa, _ -> {}));
    }

    @Test
    void refusesHeadersThatItDoesNotUnderstand() throws Exception {
        String claims = base64(JSON.writeValueAsBytes(claims()));
        assertNobody(sign(
                "RS256",
                rsa,
                base64("{\"alg\":\"RS256\",\"kid\":\"rsa-1\",\"crit\":[\"x\"]}".getBytes(UTF_8)) + "." + claims));
        assertNobody(sign("RS256", rsa, base64("{\"alg\":\"RS256\"}".getBytes(UTF_8)) + "." + claims));
        assertNobody(sign("RS256", rsa, base64("[]".getBytes(UTF_8)) + "." + claims));
        String encrypted = base64("{\"alg\":\"dir\",\"enc\":\"A256GCM\",\"kid\":\"rsa-1\"}".getBytes(UTF_8));
        assertNobody(encrypted + "..AAAAAAAAAAAAAAAA.AAAA.AAAAAAAAAAAAAAAAAAAAAA");
        for (String nonsense : new String[] {"", ".", "..", "a.b.c", "dv_token", "{}.{}.{}", "é.é.é"}) {
            assertNobody(nonsense);
        }
    }

    @Test
    void refusesNamesThatCouldBeTakenForOthers() throws Exception {
        for (String name : new String[] {"", " ", "a\nb", "a\u202eb", "a\0", "x".repeat(201)}) {
            assertNobody(token("RS256", "rsa-1", rsa, claims -> claims.put("email", name)));
        }
        assertNobody(token("RS256", "rsa-1", rsa, claims -> claims.put("email", 7)));
        assertNobody(token("RS256", "rsa-1", rsa, claims -> claims.remove("email")));
    }

    @Test
    void followsTheProviderWhenItChangesItsKeys() throws Exception {
        assertNames("oidc:alice@example.org", token("RS256", "rsa-1", rsa, _ -> {}));
        published = JSON.createArrayNode().add(jwk("rsa-2", other));

        assertNobody(token("RS256", "rsa-2", other, _ -> {}));
        ShiftedClock.advance(Duration.ofSeconds(31));
        assertNames("oidc:alice@example.org", token("RS256", "rsa-2", other, _ -> {}));
        assertNobody(token("RS256", "rsa-1", rsa, _ -> {}));
    }

    @Test
    void forgetsAKeyThatWasWithdrawn() throws Exception {
        String token = token("RS256", "rsa-1", rsa, claims -> claims.put("exp", now() + 86_400));
        assertNames("oidc:alice@example.org", token);
        published = JSON.createArrayNode();
        ShiftedClock.advance(Duration.ofMinutes(14));
        assertNames("oidc:alice@example.org", token);
        ShiftedClock.advance(Duration.ofMinutes(2));
        assertNobody(token);
    }

    @Test
    void asksSeldomForKeysThatAreNotThere() throws Exception {
        for (int i = 0; i < 100; i++) {
            assertNobody(token("RS256", "made-up-" + i, rsa, _ -> {}));
        }
        assertEquals(1, asked);
    }

    @Test
    void refusesHalfASettingAndUnsafeAddresses() {
        assertThrows(ConfigurationException.class, () -> new OidcSettings(ISSUER, "", keysUrl(), "sub"));
        assertThrows(ConfigurationException.class, () -> new OidcSettings(ISSUER, AUDIENCE, "", "sub"));
        assertThrows(
                ConfigurationException.class,
                () -> new OidcSettings(ISSUER, AUDIENCE, "http://login.example.org/keys", "sub"));
        assertThrows(ConfigurationException.class, () -> new OidcSettings(ISSUER, AUDIENCE, keysUrl(), " "));
    }

    @Test
    void aProviderThatCannotBeReachedLetsNobodyInWithNewKeysAndHoldsNothingUp() throws Exception {
        assertNames("oidc:alice@example.org", token("RS256", "rsa-1", rsa, _ -> {}));
        down = true;
        try {
            assertNames("oidc:alice@example.org", token("RS256", "rsa-1", rsa, _ -> {}));
            assertNobody(token("RS256", "rsa-2", other, _ -> {}));
            ShiftedClock.advance(Duration.ofMinutes(16));
            assertNobody(token("RS256", "rsa-1", rsa, _ -> {}));
            assertEquals(200, server.get("/api/v1/backup-vaults").status());
        } finally {
            down = false;
        }
        ShiftedClock.advance(Duration.ofSeconds(31));
        assertNames("oidc:alice@example.org", token("RS256", "rsa-1", rsa, _ -> {}));
    }

    @Test
    void aServerTakesThemBesideItsOwnTokens() throws Exception {
        assertEquals(200, server.get("/api/v1/backup-vaults").status());
        assertEquals(200, status(server, token("RS256", "rsa-1", rsa, _ -> {})));
        assertEquals(401, status(server, token("RS256", "rsa-1", other, _ -> {})));
    }

    /// The framework would publish keys of its own, and tokens for them.
    @Test
    void theServerIsNoProviderItself() {
        assertEquals(404, server.get("/keys").status());
        assertEquals(404, server.post("/oauth/access_token", "{}").status());
    }

    @Test
    void aSessionEndsWithItsToken() throws Exception {
        Answer session = signIn(token("RS256", "rsa-1", rsa, _ -> {}));
        Instant end = Instant.parse(session.body().get("expiresAt").asText());
        assertTrue(end.getEpochSecond() <= now() + 600 + 60, end::toString);
    }

    @Test
    void withoutAProviderNoTokenIsTakenWhateverItSays(@TempDir Path directory) throws Exception {
        String unsigned = head("none", "rsa-1") + "." + base64(JSON.writeValueAsBytes(claims())) + ".";
        String signed = token("RS256", "rsa-1", rsa, _ -> {});
        try (TestServer alone = TestServer.start(TestDatabase.H2.fresh(directory))) {
            for (String token : new String[] {unsigned, signed}) {
                assertEquals(401, status(alone, token));
            }
        }
    }

    private static int status(TestServer server, String token) {
        return TestServer.send(HttpRequest.newBuilder(server.url().resolve("/api/v1/backup-vaults"))
                        .header("Authorization", "Bearer " + token)
                        .build())
                .status();
    }

    private static Answer signIn(String token) throws IOException {
        byte[] body = JSON.writeValueAsBytes(Map.of("token", token));
        return TestServer.send(HttpRequest.newBuilder(server.url().resolve("/api/v1/session"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body))
                .build());
    }

    private static void assertNames(String principal, String token) throws IOException {
        Answer answer = signIn(token);
        assertEquals(201, answer.status(), () -> answer.body().toString());
        assertEquals(principal, answer.body().get("principal").asText());
    }

    private static void assertNobody(String token) throws IOException {
        if (!token.isEmpty()) {
            assertEquals(401, signIn(token).status(), token);
        }
    }

    private static long now() {
        return server.part(Clock.class).instant().getEpochSecond();
    }

    private static ObjectNode claims() {
        return JSON.createObjectNode()
                .put("iss", ISSUER)
                .put("aud", AUDIENCE)
                .put("sub", "4711")
                .put("email", "alice@example.org")
                .put("exp", now() + 600);
    }

    private static String token(String algorithm, String kid, KeyPair pair, Consumer<ObjectNode> change)
            throws GeneralSecurityException, IOException {
        ObjectNode claims = claims();
        change.accept(claims);
        return sign(algorithm, pair, head(algorithm, kid) + "." + base64(JSON.writeValueAsBytes(claims)));
    }

    private static String head(String algorithm, String kid) throws IOException {
        return base64(JSON.writeValueAsBytes(
                JSON.createObjectNode().put("alg", algorithm).put("kid", kid)));
    }

    private static String sign(String algorithm, KeyPair pair, String body) throws GeneralSecurityException {
        String bits = algorithm.substring(2);
        Signature signature;
        switch (algorithm.substring(0, 2)) {
            case "PS" -> {
                signature = Signature.getInstance("RSASSA-PSS");
                String digest = "SHA-" + bits;
                signature.setParameter(new PSSParameterSpec(
                        digest, "MGF1", new MGF1ParameterSpec(digest), Integer.parseInt(bits) / 8, 1));
            }
            case "ES" -> signature = Signature.getInstance("SHA" + bits + "withECDSAinP1363Format");
            default -> signature = Signature.getInstance("SHA" + bits + "withRSA");
        }
        signature.initSign(pair.getPrivate());
        signature.update(body.getBytes(UTF_8));
        return body + "." + base64(signature.sign());
    }

    private static ObjectNode jwk(String kid, KeyPair pair) {
        ObjectNode key = JSON.createObjectNode().put("kid", kid).put("use", "sig");
        return switch (pair.getPublic()) {
            case RSAPublicKey rsaKey ->
                key.put("kty", "RSA")
                        .put("n", number(rsaKey.getModulus()))
                        .put("e", number(rsaKey.getPublicExponent()));
            case ECPublicKey ecKey ->
                key.put("kty", "EC")
                        .put("crv", "P-256")
                        .put("x", number(ecKey.getW().getAffineX()))
                        .put("y", number(ecKey.getW().getAffineY()));
            default -> throw new IllegalArgumentException(kid);
        };
    }

    private static String number(BigInteger value) {
        return base64(value.toByteArray());
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
