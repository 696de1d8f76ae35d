package io.diskvault.engine.verify;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.FormatTooNewException;
import io.diskvault.engine.FormatTooOldException;
import io.diskvault.engine.pack.PackId;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Everything that a verification has found so far. Memory grows with the number of damaged files, not with the
/// damage in them. Belongs to one thread.
final class Problems {

    /// How many pairs of finding and recovery point are kept: some dozen megabytes.
    private static final int DETAILS_MAX = 20_000;

    private final Map<String, EnumMap<Finding.Kind, Problem>> byFile = new LinkedHashMap<>();
    private final Map<VerifiedPoint, RangeList> affected = new LinkedHashMap<>();
    private int details;

    Problem of(Finding.Kind kind, String file, String what) {
        return of(kind, file, Optional.empty(), what);
    }

    Problem of(Finding.Kind kind, PackId pack, String what) {
        return of(kind, pack.file(), Optional.of(pack), what);
    }

    private Problem of(Finding.Kind kind, String file, Optional<PackId> pack, String what) {
        return byFile.computeIfAbsent(file, _ -> new EnumMap<>(Finding.Kind.class))
                .computeIfAbsent(kind, _ -> new Problem(kind, file, pack, what));
    }

    /// What kind of finding an exception is.
    static Finding.Kind kindOf(Exception problem) {
        return switch (problem) {
            case CorruptDatastoreException corrupt when corrupt.isMisplaced() -> Finding.Kind.MISPLACED;
            case FormatTooNewException _, FormatTooOldException _ -> Finding.Kind.OTHER_VERSION;
            case DatastoreException _ -> Finding.Kind.DAMAGED;
            case NoSuchFileException _ -> Finding.Kind.MISSING;
            case IOException _ -> Finding.Kind.UNREADABLE;
            default -> throw new IllegalStateException("This is no finding.", problem);
        };
    }

    static String textOf(Exception problem) {
        if (problem instanceof DatastoreException || problem.getMessage() == null) {
            return String.valueOf(problem.getMessage());
        }
        return "The storage could not read it (" + problem.getMessage() + "). Nothing says yet that it is damaged.";
    }

    /// What is wrong with a pack.
    List<Problem> of(PackId pack) {
        EnumMap<Finding.Kind, Problem> known = byFile.get(pack.file());
        return known == null ? List.of() : List.copyOf(known.values());
    }

    boolean isEmpty() {
        return byFile.isEmpty();
    }

    /// Notes that a part of a recovery point is affected by some problems.
    void affect(VerifiedPoint point, long start, long end, List<Problem> because) {
        affected.computeIfAbsent(point, _ -> new RangeList(AffectedPoint.RANGES_MAX))
                .add(start, end);
        for (Problem problem : because) {
            boolean isNew = !problem.affects(point);
            problem.addRange(point, start, end, details < DETAILS_MAX);
            details += isNew ? 1 : 0;
        }
    }

    Map<VerifiedPoint, RangeList> affected() {
        return affected;
    }

    List<Problem> all() {
        List<Problem> all = new ArrayList<>();
        forEach(all::add);
        return all;
    }

    void forEach(Consumer<Problem> action) {
        byFile.values().forEach(kinds -> kinds.values().forEach(action));
    }
}
