package io.diskvault.audit;

import io.diskvault.audit.EventRows.Exported;
import io.diskvault.audit.Finding.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Goes through the events of an export in the global order, and along their chain. An event whose transaction ended
/// after those of later ones comes too early for the chain and waits for its turn.
final class ExportWalk implements CheckpointCheck.Links, Walked {
    /// So many events wait; if their turn has not come then, what they wait for is missing.
    private static final int WAITING_MAX = 20_000;

    private final Set<Long> wanted;
    private final Findings findings;
    private final Map<Long, String> hashes = new HashMap<>();
    private final Map<String, Long> streams = new HashMap<>();
    private final SortedMap<Long, Turn> waiting = new TreeMap<>();
    private final List<AuditedEvent> unlinked = new ArrayList<>();
    private @Nullable Exported held;
    private @Nullable ChainLink last;
    private long indexMax;
    private long links;
    private long late;

    /// @param behind when the event that stands behind it was linked; null for the last
    private record Turn(
            AuditedEvent event, ChainLink link, @Nullable Long behind) {}

    /// @param wanted the positions whose hashes are asked for afterwards
    ExportWalk(Set<Long> wanted, Findings findings) {
        this.wanted = wanted;
        this.findings = findings;
    }

    /// The next event in the global order.
    void add(Exported exported) {
        AuditedEvent event = exported.event();
        checkStream(event);
        if (exported.link() == null) {
            unlinked.add(event);
            return;
        }
        unlinked.forEach(older -> findings.add(Finding.of(Kind.ADDED, older, "the event was put into the past")));
        unlinked.clear();
        if (held != null && held.event().globalIndex() >= event.globalIndex()) {
            findings.add(Finding.of(
                    Kind.REORDERED,
                    exported.link(),
                    "the event stands behind that of the place %d"
                            .formatted(held.event().globalIndex())));
        }
        release(exported.link().chainedAt());
        held = exported;
    }

    /// There are no more.
    void end() {
        release(null);
        while (!waiting.isEmpty()) {
            skip();
        }
        unlinked.forEach(
                event -> findings.add(Finding.of(Kind.NOT_LINKED, event, "the event was not linked to the chain yet")));
    }

    /// An event that was removed before it was linked leaves a gap in its stream and none in the chain.
    private void checkStream(AuditedEvent event) {
        Long before = streams.put(event.stream(), event.sequenceNumber());
        long expected = before == null ? 0 : before + 1;
        if (event.sequenceNumber() > expected) {
            findings.add(Finding.of(Kind.REMOVED, event, "the event before it in its stream was removed"));
        }
    }

    private void release(@Nullable Long behind) {
        if (held == null || held.link() == null) {
            return;
        }
        Turn turn = new Turn(held.event(), held.link(), behind);
        if (turn.link().position() < next() || waiting.putIfAbsent(turn.link().position(), turn) != null) {
            findings.add(Finding.of(Kind.ADDED, turn.link(), "another event has the same position in the chain"));
        }
        takeTurns();
        if (waiting.size() > WAITING_MAX) {
            skip();
        }
    }

    private long next() {
        return last == null ? 1 : last.position() + 1;
    }

    private void takeTurns() {
        Turn turn = waiting.remove(next());
        while (turn != null) {
            check(turn, true);
            turn = waiting.remove(next());
        }
    }

    private void skip() {
        Turn turn = Objects.requireNonNull(waiting.remove(waiting.firstKey()));
        findings.add(Finding.of(
                Kind.LINKS_MISSING,
                turn.link(),
                "the export has no events with the positions %d to %d; the event after them cannot be checked"
                        .formatted(next(), turn.link().position() - 1)));
        check(turn, false);
        takeTurns();
    }

    private void check(Turn turn, boolean continuous) {
        ChainLink link = turn.link();
        if (continuous && !link.holds(last, turn.event())) {
            findings.add(Finding.of(Kind.CHANGED, link, "the event, or its hash in the chain, was changed"));
        }
        if (link.globalIndex() < indexMax) {
            checkLate(turn);
        }
        if (wanted.contains(link.position())) {
            hashes.put(link.position(), link.hash());
        }
        indexMax = Math.max(indexMax, link.globalIndex());
        last = link;
        links++;
    }

    private void checkLate(Turn turn) {
        late++;
        long since = turn.behind() == null ? 0 : turn.link().chainedAt() - turn.behind();
        if (since > ChainWalk.LATE_MAX.toMillis()) {
            findings.add(Finding.of(
                    Kind.ADDED,
                    turn.link(),
                    "the event appeared %s after events that stand behind it".formatted(Duration.ofMillis(since))));
        }
    }

    @Override
    public Optional<String> hashAt(long position) {
        return Optional.ofNullable(hashes.get(position));
    }

    @Override
    public long length() {
        return last == null ? 0 : last.position();
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
