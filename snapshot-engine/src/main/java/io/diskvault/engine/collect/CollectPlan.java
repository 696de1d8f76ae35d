package io.diskvault.engine.collect;

import io.diskvault.engine.pack.PackId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/// Which packs are to go, and what that frees. A pure decision.
///
/// @param packs the packs
/// @param rewritten how many of them hold something that has to be copied
/// @param fileBytes how long they are
/// @param copyBytes how much has to be copied, about
record CollectPlan(NavigableSet<PackId> packs, int rewritten, long fileBytes, long copyBytes) {

    /// Bounds the epoch file and the memory of everybody who reads it. The next collection takes the next ones.
    private static final int PACKS_MAX = 1 << 16;

    /// Packs are small when they are below this part of a full one. Hourly backups of many disks leave many of them.
    static final int SMALL_PART = 4;

    /// So many small packs are tolerated: each costs a file, but making one of few at every collection would copy the
    /// same chunks again and again.
    static final int SMALL_PACKS_MAX = 32;

    CollectPlan {
        packs = Collections.unmodifiableNavigableSet(new TreeSet<>(packs));
    }

    /// When a pack is worth being rewritten.
    ///
    /// @param deadShareMin see [CollectOptions]
    /// @param packBytes how long full packs are
    record Rule(double deadShareMin, long packBytes) {

        boolean isDead(PackTally tally, int number) {
            return tally.liveChunks(number) == 0;
        }

        boolean isWorthRewriting(PackTally tally, int number) {
            return tally.deadShare(number) >= deadShareMin;
        }

        boolean isSmall(PackTally tally, int number) {
            return tally.fileBytes(number) < packBytes / SMALL_PART;
        }
    }

    /// @param exempt packs that are not to be considered, because they are condemned already
    static CollectPlan of(PackTally tally, Rule rule, NavigableSet<PackId> exempt) {
        IntPredicate considered = number -> !exempt.contains(tally.pack(number));
        List<Integer> small = numbers(
                tally, number -> considered.test(number) && rule.isSmall(tally, number) && !rule.isDead(tally, number));
        boolean tooManySmall = small.size() > SMALL_PACKS_MAX;
        List<Integer> chosen = new ArrayList<>(numbers(
                tally,
                number -> considered.test(number)
                        && (rule.isDead(tally, number)
                                || rule.isWorthRewriting(tally, number)
                                || (tooManySmall && rule.isSmall(tally, number)))));
        chosen.sort(Comparator.comparingDouble(tally::deadShare).reversed());
        TreeSet<PackId> packs = new TreeSet<>();
        int rewritten = 0;
        long fileBytes = 0;
        long copyBytes = 0;
        for (int number : chosen.subList(0, Math.min(PACKS_MAX, chosen.size()))) {
            packs.add(tally.pack(number));
            rewritten += rule.isDead(tally, number) ? 0 : 1;
            fileBytes += tally.fileBytes(number);
            copyBytes += tally.liveFileBytes(number);
        }
        return new CollectPlan(packs, rewritten, fileBytes, copyBytes);
    }

    private static List<Integer> numbers(PackTally tally, IntPredicate which) {
        List<Integer> numbers = new ArrayList<>();
        for (int number = 0; number < tally.count(); number++) {
            if (which.test(number)) {
                numbers.add(number);
            }
        }
        return numbers;
    }
}
