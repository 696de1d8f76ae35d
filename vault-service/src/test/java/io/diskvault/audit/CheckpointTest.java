package io.diskvault.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micronaut.context.exceptions.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final ChainLink HEAD = new ChainLink(17, 19, "vault:prod", 3, 1000, "ab".repeat(32));

    @TempDir
    Path data;

    private Checkpoint signed() {
        return Checkpoint.sign(2, HEAD, NOON, Checkpoint.NONE, new SigningKey(data));
    }

    @Test
    void itsTextIsWhatTheFormatSaysAndIsReadBack() {
        Checkpoint checkpoint = signed();
        assertEquals(
                """
                diskvault-audit-checkpoint 1
                number 2
                events 17
                last-global-index 19
                hash %s
                time 2026-11-21T12:00:00Z
                previous %s
                key %s
                signature %s
                """.formatted("ab".repeat(32), "0".repeat(64), checkpoint.key(), checkpoint.signature()),
                checkpoint.text());
        assertEquals("000000000000000002-abababababababab.checkpoint", checkpoint.fileName());
        assertEquals(Optional.of(checkpoint), Checkpoint.parse(checkpoint.text()));
    }

    @Test
    void whatIsNotExactlyACheckpointIsNone() {
        String text = signed().text();
        for (String other : new String[] {
            "",
            text + "\n",
            text.replace("checkpoint 1", "checkpoint 2"),
            text.replace("time 2026", "time x"),
            text.replace("events 17", "events -17"),
            text.replace("hash ", "hash  ")
        }) {
            assertEquals(Optional.empty(), Checkpoint.parse(other), other);
        }
    }

    @Test
    void theSignatureCoversEveryField() {
        SigningKey key = new SigningKey(data);
        String text = signed().text();
        assertTrue(Checkpoint.parse(text).orElseThrow().isSignedBy(key.publicKey()));
        for (String[] change : new String[][] {
            {"number 2", "number 3"},
            {"events 17", "events 16"},
            {"index 19", "index 18"},
            {"hash ab", "hash ac"},
            {"12:00:00Z", "12:00:01Z"},
            {"previous 0", "previous 1"}
        }) {
            assertFalse(Checkpoint.parse(text.replace(change[0], change[1]))
                    .orElseThrow()
                    .isSignedBy(key.publicKey()));
        }
    }

    @Test
    void theKeyIsMadeOnceAndOnlyItsOwnerMayReadIt() throws IOException {
        SigningKey first = new SigningKey(data);
        assertEquals(first.publicKey(), new SigningKey(data).publicKey());
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(SigningKey.FILE))));
        assertEquals("SigningKey[not shown]", first.toString());
    }

    @Test
    void aDamagedKeyStopsTheStartAndIsNotReplaced() throws IOException {
        Files.writeString(data.resolve(SigningKey.FILE), "nonsense");
        assertThrows(ConfigurationException.class, () -> new SigningKey(data));
        assertEquals("nonsense", Files.readString(data.resolve(SigningKey.FILE)));
    }

    @Test
    void theTimeBetweenCheckpointsHasBounds() {
        assertEquals(Duration.ofDays(1), new AuditSettings(Duration.ofDays(1)).checkpointEvery());
        assertThrows(IllegalArgumentException.class, () -> new AuditSettings(Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> new AuditSettings(Duration.ofDays(2)));
    }
}
