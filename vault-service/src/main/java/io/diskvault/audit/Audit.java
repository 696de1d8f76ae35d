package io.diskvault.audit;

import io.diskvault.audit.Finding.Kind;
import io.diskvault.web.Cursor;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Compares the events, the chain and the checkpoints with each other. It reads page by page, and events may be added
/// meanwhile.
@Singleton
public class Audit {
    /// Linking follows the events by milliseconds, unless it has to catch up.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /// An event that is not linked although later ones are was committed later than they: moments ago, if at all.
    private static final Duration PATIENCE_WITH_ONE = Duration.ofSeconds(1);

    private static final long STEP_NANOS = Duration.ofMillis(2).toNanos();

    private final EventRows events;
    private final Chain chain;
    private final CheckpointFiles files;
    private final SigningKey key;

    Audit(EventRows events, Chain chain, CheckpointFiles files, SigningKey key) {
        this.events = events;
        this.chain = chain;
        this.files = files;
        this.key = key;
    }

    /// The key that signs this installation's checkpoints, as PEM.
    public String publicKeyText() {
        return PublicKeys.pem(key.publicKey());
    }

    /// How checkpoints name the key.
    public String publicKeyFingerprint() {
        return PublicKeys.fingerprint(key.publicKey());
    }

    /// @throws GeneralSecurityException if the text is no such key
    public PublicKey parseKey(String pem) throws GeneralSecurityException {
        return PublicKeys.parse(pem);
    }

    /// The events of a period as JSON lines, in the global order. It may be long; it is read page by page.
    ///
    /// @param from the first instant; null for the beginning
    /// @param to the instant after the last; null for the end
    public InputStream export(@Nullable Instant from, @Nullable Instant to) {
        return new EventExport(
                events,
                EventRows.time(Cursor.listed(from, Instant.EPOCH)),
                EventRows.time(Cursor.listed(to, Cursor.END_OF_TIME)));
    }

    /// @param trusted whose checkpoints count; this installation's own, if empty
    /// @param given checkpoints kept elsewhere, by their numbers; checked beside those in the datastores
    public AuditReport verify(List<PublicKey> trusted, List<String> given) {
        awaitLinks(events.lastIndex());
        Findings findings = new Findings();
        ChainWalk walk = new ChainWalk(events, chain, findings);
        walk.run();
        findUnlinked(walk.indexMax(), findings);
        findGaps(findings);
        findCut(findings);
        CheckpointCheck signed =
                new CheckpointCheck(chain, trusted.isEmpty() ? List.of(key.publicKey()) : trusted, findings);
        checkDirectories(signed, findings);
        signed.checkTexts(given);
        return AuditReport.of(walk, signed, findings);
    }

    private void awaitLinks(long index) {
        await(() -> index == 0 || chain.reaches(index), System.nanoTime() + PATIENCE.toNanos());
    }

    /// An event without a link was put there by somebody, or is so new that its link is just being made.
    private void findUnlinked(long linkedUntil, Findings findings) {
        long deadline = System.nanoTime() + PATIENCE_WITH_ONE.toNanos();
        long after = Long.MIN_VALUE;
        List<AuditedEvent> page = events.withoutLinkAfter(after);
        while (!page.isEmpty()) {
            for (AuditedEvent event : page) {
                after = event.globalIndex();
                if (!await(() -> chain.has(event.globalIndex()), deadline)) {
                    findings.add(
                            event.globalIndex() > linkedUntil
                                    ? Finding.of(Kind.NOT_LINKED, event, "the event is not linked to the chain yet")
                                    : Finding.of(Kind.ADDED, event, "the event was put into the past"));
                }
            }
            page = events.withoutLinkAfter(after);
        }
    }

    /// @return whether it is so before the deadline
    private static boolean await(BooleanSupplier condition, long deadline) {
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(STEP_NANOS);
        }
        return true;
    }

    /// An event that was removed before it was linked leaves a gap in its stream; after that, the chain knows it.
    private void findGaps(Findings findings) {
        Set<String> known = new HashSet<>();
        findings.listed().stream()
                .filter(finding -> finding.stream() != null && finding.sequenceNumber() != null)
                .forEach(finding -> known.add(finding.stream() + " " + finding.sequenceNumber()));
        long after = Long.MIN_VALUE;
        List<AuditedEvent> page = events.withoutPredecessorAfter(after);
        while (!page.isEmpty()) {
            for (AuditedEvent event : page) {
                after = event.globalIndex();
                if (!known.contains(event.stream() + " " + (event.sequenceNumber() - 1))) {
                    findings.add(Finding.of(Kind.REMOVED, event, "the event before it in its stream was removed"));
                }
            }
            page = events.withoutPredecessorAfter(after);
        }
    }

    /// Whoever cuts off the newest events and their links may forget who has read them already.
    private void findCut(Findings findings) {
        long read = events.readUntil();
        long last = events.lastIndex();
        if (read > last) {
            findings.add(Finding.of(
                    Kind.TAIL_CUT,
                    "events were read up to the place %d; the last that is there stands at %d".formatted(read, last)));
        }
    }

    private void checkDirectories(CheckpointCheck signed, Findings findings) {
        for (Path directory : files.directories()) {
            try {
                signed.checkDirectory(directory);
            } catch (IOException failure) {
                findings.add(Finding.of(
                        Kind.CHECKPOINTS_UNREADABLE, "%s cannot be read: %s".formatted(directory, failure.toString())));
            }
        }
    }
}
