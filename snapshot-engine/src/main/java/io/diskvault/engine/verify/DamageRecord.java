package io.diskvault.engine.verify;

import io.diskvault.engine.pack.PackId;
import io.diskvault.engine.storage.Directory;
import java.io.IOException;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What a verification makes of the lists of damaged places: it reads those that there are, and puts what it found in
/// their place.
final class DamageRecord {

    private final DamagedLists lists;
    private final DamagedLists.Found before;
    private final String name;

    private DamageRecord(DamagedLists lists, DamagedLists.Found before, String name) {
        this.lists = lists;
        this.before = before;
        this.name = name;
    }

    static DamageRecord read(Directory directory, Problems problems, String name) throws IOException {
        DamagedLists lists = new DamagedLists(directory);
        DamagedLists.Found before = lists.read();
        before.unreadable()
                .forEach((file, problem) -> problems.of(
                        Problems.kindOf(problem), DamagedLists.DIRECTORY + "/" + file, Problems.textOf(problem)));
        for (String file : before.misplaced()) {
            String path = DamagedLists.DIRECTORY + "/" + file;
            problems.of(
                    Finding.Kind.MISPLACED,
                    path,
                    path + " is in the wrong place: it is another list of damaged places, and whole.");
        }
        return new DamageRecord(lists, before, name);
    }

    /// @param full whether every pack was read, so that what was found now is all that counts
    void write(Problems problems, Set<PackId> packs, boolean full) throws IOException {
        if (full) {
            SortedSet<DamagedPlace> places = new TreeSet<>();
            for (Problem problem : problems.all()) {
                if (problem.isDamage()) {
                    problem.addPlacesTo(places);
                }
            }
            for (DamagedPlace place : before.places()) {
                // Damaged once and unreadable now is not good now.
                if (packs.contains(place.pack()) && isUnreadable(problems, place.pack())) {
                    places.add(place);
                }
            }
            lists.replace(places, before, name);
        } else {
            lists.replace(new TreeSet<>(), obsolete(packs), name);
        }
    }

    private static boolean isUnreadable(Problems problems, PackId pack) {
        return problems.of(pack).stream().anyMatch(problem -> problem.kind == Finding.Kind.UNREADABLE);
    }

    /// The lists that speak only of packs that are gone.
    private DamagedLists.Found obsolete(Set<PackId> packs) {
        SortedMap<String, SortedSet<DamagedPlace>> gone = new TreeMap<>();
        before.byFile().forEach((file, places) -> {
            if (places.stream().noneMatch(place -> packs.contains(place.pack()))) {
                gone.put(file, places);
            }
        });
        return new DamagedLists.Found(gone, new TreeMap<>(), new TreeSet<>());
    }
}
