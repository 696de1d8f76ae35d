package io.diskvault.engine.collect;

import io.diskvault.engine.storage.Directory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Unfinished files: somebody's work in progress, or what a crash left. Which of them, only leases can tell: those
/// that were there before an epoch was made, and of whose makers none is left when it is swept, are nobody's.
final class Leftovers {

    private static final String SUFFIX = ".unfinished";

    /// Bounds the epoch file. The next collection takes the next ones.
    private static final int NAMES_MAX = 10_000;

    private final Directory directory;

    Leftovers(Directory directory) {
        this.directory = directory;
    }

    /// The unfinished files of those who hold leases: everywhere but in the datastore's own directory, two levels
    /// deep.
    List<String> list() throws IOException {
        List<String> names = new ArrayList<>();
        for (String above : List.of("packs", "points")) {
            for (String name : directory.list(above)) {
                addFrom(above + "/" + name, names);
            }
        }
        for (String flat : List.of("index", "epochs", "damaged")) {
            addFrom(flat, names);
        }
        return names.stream().sorted().limit(NAMES_MAX).toList();
    }

    private void addFrom(String path, List<String> names) throws IOException {
        directory.list(path).stream()
                .filter(name -> name.endsWith(SUFFIX))
                .forEach(name -> names.add(path + "/" + name));
    }

    /// Deletes files and makes that last.
    void delete(List<String> names) throws IOException {
        Set<String> directories = new TreeSet<>();
        for (String name : names) {
            if (name.endsWith(SUFFIX) && directory.delete(name)) {
                directories.add(name.substring(0, name.lastIndexOf('/')));
            }
        }
        for (String changed : directories) {
            directory.syncDirectory(changed);
        }
    }
}
