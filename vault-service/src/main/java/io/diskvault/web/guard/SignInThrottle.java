package io.diskvault.web.guard;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Lets those wait who send one wrong token after the other. Who sends a right one never waits because of somebody
/// else: waits belong to addresses, and a token that was right before is asked about whatever its address did.
///
/// What is remembered is bounded; the oldest is forgotten first.
@Singleton
final class SignInThrottle {
    /// An address is forgotten when it has been quiet for so long.
    private static final Duration MEMORY = Duration.ofMinutes(15);

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int DOUBLINGS_MAX = 20;
    private static final int ADDRESSES_MAX = 10_000;
    private static final int TOKENS_MAX = 1_000;

    private final SignInSettings settings;
    private final Clock clock;
    private final Map<String, Failures> failures = oldestForgotten(ADDRESSES_MAX);
    private final Map<String, Instant> rightTokens = oldestForgotten(TOKENS_MAX);
    private Instant minuteStart = Instant.MIN;
    private int inMinute;

    private record Failures(int count, Instant last, Instant waitUntil) {}

    SignInThrottle(SignInSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    private static <V> Map<String, V> oldestForgotten(int most) {
        return new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > most;
            }
        };
    }

    /// How long this address still has to wait before this token is looked at.
    synchronized Optional<Duration> waitOf(InetAddress address, String token) {
        Failures known = failures.get(ClientNetwork.of(address));
        Instant now = clock.instant();
        return known == null || !now.isBefore(known.waitUntil()) || rightTokens.containsKey(hash(token))
                ? Optional.empty()
                : Optional.of(Duration.between(now, known.waitUntil()));
    }

    /// The token was wrong.
    synchronized void failed(InetAddress address, String token) {
        Instant now = clock.instant();
        rightTokens.remove(hash(token));
        String network = ClientNetwork.of(address);
        Failures before = failures.remove(network);
        int count = before == null || before.last().plus(MEMORY).isBefore(now) ? 1 : before.count() + 1;
        int free = isOverall(now) ? 0 : settings.failures() - 1;
        failures.put(network, new Failures(count, now, now.plus(delay(count - free))));
    }

    /// The token was right: its address begins anew.
    synchronized void succeeded(InetAddress address, String token) {
        failures.remove(ClientNetwork.of(address));
        String hash = hash(token);
        rightTokens.remove(hash);
        rightTokens.put(hash, clock.instant());
    }

    private boolean isOverall(Instant now) {
        if (minuteStart.equals(Instant.MIN) || !now.isBefore(minuteStart.plus(MINUTE)) || now.isBefore(minuteStart)) {
            minuteStart = now;
            inMinute = 0;
        }
        inMinute++;
        return inMinute > settings.failuresOverall();
    }

    private Duration delay(int beyond) {
        if (beyond <= 0) {
            return Duration.ZERO;
        }
        Duration doubled = Duration.ofSeconds(1L << Math.min(beyond - 1, DOUBLINGS_MAX));
        return doubled.compareTo(settings.longestWait()) < 0 ? doubled : settings.longestWait();
    }

    /// Secrets are not kept, here neither.
    private static String hash(String token) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException(absent); // every Java platform has it
        }
    }
}
