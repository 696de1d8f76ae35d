package io.diskvault.engine.verify;

import io.diskvault.engine.pack.PackId;
import io.diskvault.engine.storage.Directory;
import io.diskvault.engine.storage.InputFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The packs that there are.
///
/// @param sizes how many bytes each has; 0 for one that cannot be opened
record PackFiles(SortedMap<PackId, Long> sizes) {

    private static final String SUFFIX = ".pack";

    static PackFiles list(Directory directory, Problems problems) throws IOException {
        SortedMap<PackId, Long> sizes = new TreeMap<>();
        for (String inner : directory.list(PackId.DIRECTORY)) {
            String path = PackId.DIRECTORY + "/" + inner;
            if (inner.endsWith(SUFFIX)) {
                addMisplaced(path, problems);
                continue;
            }
            for (String name : directory.list(path)) {
                Optional<PackId> id = PackId.ofFileName(name);
                if (id.isPresent() && id.get().directory().equals(path)) {
                    sizes.put(id.get(), size(directory, id.get()));
                } else if (name.endsWith(SUFFIX)) {
                    addMisplaced(path + "/" + name, problems);
                }
            }
        }
        return new PackFiles(sizes);
    }

    private static void addMisplaced(String file, Problems problems) {
        problems.of(
                Finding.Kind.MISPLACED,
                file,
                file + " does not have the name of a pack of this directory. Put it back where it was.");
    }

    private static long size(Directory directory, PackId id) {
        try (InputFile file = directory.open(id.file())) {
            return file.sizeBytes();
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            // It will be found when the pack is checked.
            return 0;
        }
    }

    long bytes() {
        return sizes.values().stream().mapToLong(Long::longValue).sum();
    }
}
