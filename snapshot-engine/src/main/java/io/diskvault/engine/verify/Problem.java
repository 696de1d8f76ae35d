package io.diskvault.engine.verify;

import io.diskvault.engine.pack.PackId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;

/// A finding that grows while the verification goes on.
final class Problem {

    /// A pack with more damaged places than this is not relied on at all.
    private static final int OFFSETS_MAX = 256;

    final Finding.Kind kind;
    final String file;
    private final Optional<PackId> pack;
    private final String first;
    private final TreeSet<Integer> offsets = new TreeSet<>();
    private final Map<VerifiedPoint, RangeList> affected = new LinkedHashMap<>();
    private final List<AffectedPoint> unreadablePoints = new ArrayList<>();
    private long chunks;
    private boolean wholePack;
    private boolean crowded;
    private boolean distrusted;
    private boolean abridged;

    Problem(Finding.Kind kind, String file, Optional<PackId> pack, String first) {
        this.kind = kind;
        this.file = file;
        this.pack = pack;
        this.first = first;
    }

    /// Adds a place of this pack.
    void addPlace(int offset) {
        if (offset == DamagedPlace.WHOLE_PACK) {
            wholePack = true;
        } else if (offsets.size() < OFFSETS_MAX || offsets.contains(offset)) {
            chunks += offsets.add(offset) ? 1 : 0;
        } else {
            chunks++;
            crowded = true;
        }
    }

    /// Nothing of the pack is to be relied on from now on, although its chunks may be whole.
    void distrust() {
        distrusted = true;
    }

    List<AffectedPoint> unreadablePoints() {
        return unreadablePoints;
    }

    /// Whether a place is known to be concerned.
    boolean has(int offset) {
        return wholePack || offsets.contains(offset);
    }

    /// Whether there are more places than are kept.
    boolean isCrowded() {
        return crowded;
    }

    void addUnreadablePoint(AffectedPoint point) {
        unreadablePoints.add(point);
    }

    boolean affects(VerifiedPoint point) {
        return affected.containsKey(point);
    }

    /// @param room whether there is memory for more
    void addRange(VerifiedPoint point, long start, long end, boolean room) {
        RangeList known = affected.get(point);
        if (known == null && !room) {
            abridged = true;
            return;
        }
        affected.computeIfAbsent(point, _ -> new RangeList(AffectedPoint.RANGES_MAX))
                .add(start, end);
    }

    boolean isDamage() {
        return kind == Finding.Kind.DAMAGED || kind == Finding.Kind.MISPLACED;
    }

    Optional<PackId> pack() {
        return pack;
    }

    void addPlacesTo(Collection<DamagedPlace> places) {
        if (pack.isPresent() && (wholePack || crowded || distrusted)) {
            places.add(new DamagedPlace(pack.get(), DamagedPlace.WHOLE_PACK));
        } else if (pack.isPresent()) {
            offsets.forEach(offset -> places.add(new DamagedPlace(pack.get(), offset)));
        }
    }

    /// @param exists whether a recovery point is still there
    Finding finding(Predicate<VerifiedPoint> exists) {
        List<AffectedPoint> points = new ArrayList<>(unreadablePoints);
        affected.forEach((point, ranges) -> {
            if (exists.test(point)) {
                points.add(AffectedPoint.partly(point, ranges));
            }
        });
        String counted = chunks > 1 ? first + " This is so with " + chunks + " chunks." : first;
        String harmless = points.isEmpty() && pack.isPresent()
                ? " No recovery point needs it: either nothing refers to it, or there is another good copy."
                : "";
        return new Finding(kind, file, counted + harmless, points, abridged);
    }
}
