package io.diskvault.web.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Who has to wait, and for how long, on a clock that the test sets.
final class SignInThrottleTest {
    private static final InetAddress HERE = address(192, 0, 2, 1);
    private static final InetAddress THERE = address(192, 0, 2, 2);

    private final SettableClock clock = new SettableClock();
    private final SignInThrottle throttle = new SignInThrottle(new SignInSettings(3, 10, Duration.ofSeconds(8)), clock);

    @Test
    void eachFurtherFailureDoublesTheWaitUpToTheLongest() {
        fail(HERE, 2);
        assertEquals(Optional.empty(), throttle.waitOf(HERE, "guess"));
        for (int seconds : new int[] {1, 2, 4, 8, 8}) {
            fail(HERE, 1);
            assertEquals(Optional.of(Duration.ofSeconds(seconds)), throttle.waitOf(HERE, "guess"));
            clock.advance(Duration.ofSeconds(seconds).minusMillis(1));
            assertEquals(Optional.of(Duration.ofMillis(1)), throttle.waitOf(HERE, "guess"));
            clock.advance(Duration.ofMillis(1));
            assertEquals(Optional.empty(), throttle.waitOf(HERE, "guess"));
        }
    }

    @Test
    void nobodyWaitsForSomebodyElsesFailures() {
        fail(HERE, 9);
        assertEquals(Optional.empty(), throttle.waitOf(THERE, "guess"));
    }

    @Test
    void aRightTokenBeginsAnew() {
        fail(HERE, 3);
        throttle.succeeded(HERE, "right");
        fail(HERE, 2);
        assertEquals(Optional.empty(), throttle.waitOf(HERE, "guess"));
    }

    @Test
    void aTokenThatWasRightIsLookedAtWhateverItsAddressDid() {
        throttle.succeeded(HERE, "right");
        fail(HERE, 5);
        assertEquals(Optional.empty(), throttle.waitOf(HERE, "right"));
        assertEquals(Optional.of(Duration.ofSeconds(4)), throttle.waitOf(HERE, "guess"));

        throttle.failed(HERE, "right"); // revoked meanwhile
        assertEquals(Optional.of(Duration.ofSeconds(8)), throttle.waitOf(HERE, "right"));
    }

    @Test
    void anAddressThatWasQuietForLongIsForgotten() {
        fail(HERE, 5);
        clock.advance(Duration.ofMinutes(16));
        fail(HERE, 1);
        assertEquals(Optional.empty(), throttle.waitOf(HERE, "guess"));
    }

    @Test
    void tooManyFailuresOverallLetEveryAddressWaitFromItsFirstOne() {
        for (int i = 0; i < 10; i++) {
            throttle.failed(address(198, 51, 100, i), "guess");
        }
        assertEquals(Optional.empty(), throttle.waitOf(THERE, "guess"));
        fail(THERE, 1);
        assertEquals(Optional.of(Duration.ofSeconds(1)), throttle.waitOf(THERE, "guess"));

        clock.advance(Duration.ofMinutes(1));
        fail(HERE, 1);
        assertEquals(Optional.empty(), throttle.waitOf(HERE, "guess"));
    }

    @Test
    void aNetworkOfIpv6IsOneAddress() throws UnknownHostException {
        for (int i = 0; i < 3; i++) {
            throttle.failed(ipv6(1, i), "guess");
        }
        assertEquals(Optional.of(Duration.ofSeconds(1)), throttle.waitOf(ipv6(1, 99), "guess"));
        assertEquals(Optional.empty(), throttle.waitOf(ipv6(2, 0), "guess"));
    }

    @Test
    void whatIsRememberedIsBounded() {
        fail(HERE, 3);
        for (int i = 0; i < 10_000; i++) {
            throttle.failed(address(10, 0, i >> 8, i & 255), "guess");
        }
        assertEquals(Optional.empty(), throttle.waitOf(HERE, "guess"));
    }

    @Test
    void aSettingOutOfItsBoundsIsRefused() {
        Duration second = Duration.ofSeconds(1);
        assertThrows(IllegalArgumentException.class, () -> new SignInSettings(0, 1, second));
        assertThrows(IllegalArgumentException.class, () -> new SignInSettings(1, 0, second));
        assertThrows(IllegalArgumentException.class, () -> new SignInSettings(1, 1, Duration.ZERO));
    }

    private void fail(InetAddress address, int times) {
        for (int i = 0; i < times; i++) {
            throttle.failed(address, "guess");
        }
    }

    private static InetAddress ipv6(int network, int host) throws UnknownHostException {
        byte[] bytes = new byte[16];
        bytes[0] = 0x20;
        bytes[7] = (byte) network;
        bytes[15] = (byte) host;
        return InetAddress.getByAddress(bytes);
    }

    private static InetAddress address(int... bytes) {
        try {
            return InetAddress.getByAddress(
                    new byte[] {(byte) bytes[0], (byte) bytes[1], (byte) bytes[2], (byte) bytes[3]});
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static final class SettableClock extends Clock {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        void advance(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
