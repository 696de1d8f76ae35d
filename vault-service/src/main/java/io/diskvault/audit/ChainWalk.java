package io.diskvault.audit;

import io.diskvault.audit.EventRows.Linked;
import io.diskvault.audit.Finding.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Goes along the chain from its start and compares each link with the event at its place. After a finding it goes on
/// with the hash that the chain has, so that one changed event is one finding.
final class ChainWalk implements Walked {
    /// An event whose transaction ended after those of later ones is linked after them: moments later. One that comes
    /// much later was not written by this server.
    static final Duration LATE_MAX = Duration.ofMinutes(1);

    private final EventRows events;
    private final Chain chain;
    private final Findings findings;
    private @Nullable ChainLink last;
    private long indexMax;
    private long links;
    private long late;

    ChainWalk(EventRows events, Chain chain, Findings findings) {
        this.events = events;
        this.chain = chain;
        this.findings = findings;
    }

    void run() {
        List<Linked> page;
        do {
            page = events.linksAfter(last == null ? 0 : last.position());
            page.forEach(this::check);
        } while (!page.isEmpty());
    }

    private void check(Linked linked) {
        ChainLink link = linked.link();
        long expected = last == null ? 1 : last.position() + 1;
        boolean continuous = link.position() == expected;
        if (!continuous) {
            findings.add(Finding.of(
                    Kind.LINKS_MISSING,
                    link,
                    "the chain has no links %d to %d; the event after them cannot be checked"
                            .formatted(expected, link.position() - 1)));
        }
        check(link, linked.event(), continuous);
        if (link.globalIndex() < indexMax) {
            checkLate(link);
        }
        indexMax = Math.max(indexMax, link.globalIndex());
        last = link;
        links++;
    }

    private void check(ChainLink link, @Nullable AuditedEvent event, boolean continuous) {
        if (event == null) {
            findings.add(displaced(link).orElseGet(() -> Finding.of(Kind.REMOVED, link, "the event was removed")));
        } else if (!event.stream().equals(link.stream()) || event.sequenceNumber() != link.sequenceNumber()) {
            findings.add(displaced(link)
                    .orElseGet(() -> Finding.of(
                            Kind.CHANGED,
                            link,
                            "another event stands in its place: number %d of %s"
                                    .formatted(event.sequenceNumber(), event.stream()))));
        } else if (continuous && !link.holds(last, event)) {
            findings.add(Finding.of(Kind.CHANGED, link, "the event, or its hash in the chain, was changed"));
        }
    }

    /// The event is still there, but elsewhere.
    private Optional<Finding> displaced(ChainLink link) {
        return events.placeOf(link.stream(), link.sequenceNumber())
                .map(place -> Finding.of(Kind.REORDERED, link, "the event was moved to the place %d".formatted(place)));
    }

    private void checkLate(ChainLink link) {
        late++;
        Optional<Long> since = chain.nextByIndex(link.globalIndex()).map(later -> link.chainedAt() - later.chainedAt());
        if (since.isPresent() && since.get() > LATE_MAX.toMillis()) {
            findings.add(Finding.of(
                    Kind.ADDED,
                    link,
                    "the event appeared %s after events that stand behind it"
                            .formatted(Duration.ofMillis(since.get()))));
        }
    }

    @Override
    public Optional<ChainLink> head() {
        return Optional.ofNullable(last);
    }

    @Override
    public long indexMax() {
        return indexMax;
    }

    @Override
    public long links() {
        return links;
    }

    @Override
    public long late() {
        return late;
    }
}
