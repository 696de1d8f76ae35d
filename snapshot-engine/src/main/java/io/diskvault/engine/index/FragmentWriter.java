package io.diskvault.engine.index;

import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.key.Randomness;
import io.diskvault.engine.pack.PackId;
import io.diskvault.engine.storage.Directory;
import io.diskvault.engine.storage.OutputFile;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedSet;

/// Writes fragments. The bytes depend on nothing but the set of entries; the name is new each time.
///
/// Names are random and never come again, and that is what makes merging safe: a fragment is deleted only when one
/// that was created later holds its entries. See [FragmentMerge].
public final class FragmentWriter {

    private static final int NAME_BYTES = 16;

    private FragmentWriter() {}

    /// Writes a fragment and makes it durable; the packs it speaks of must be durable already.
    ///
    /// @return how many bytes it has
    public static long write(Directory directory, SortedSet<IndexEntry> entries, Randomness randomness)
            throws IOException, DatastoreException {
        List<PackId> packs = entries.stream()
                .map(entry -> entry.place().pack())
                .distinct()
                .sorted()
                .toList();
        return write(directory, entries.size(), packs, new EntrySetCursor(entries, packs), randomness);
    }

    /// Writes a fragment entry by entry and makes it durable. Takes memory for the list of packs, not for entries.
    ///
    /// @param entryCount how many entries the cursor has
    /// @param packs the packs of all entries and no others, ascending; the cursor's numbers count in this list
    /// @return how many bytes it has
    static long write(
            Directory directory, long entryCount, List<PackId> packs, EntryCursor entries, Randomness randomness)
            throws IOException, DatastoreException {
        FragmentFormat format = new FragmentFormat(entryCount, packs.size());
        String name = FragmentFormat.DIRECTORY + "/"
                + HexFormat.of().formatHex(randomness.bytes(NAME_BYTES))
                + FragmentFormat.SUFFIX;
        String temporary = name + ".unfinished";
        directory.createDirectory(FragmentFormat.DIRECTORY);
        OutputFile created = directory.create(temporary);
        try {
            try (OutputFile file = created) {
                new FragmentStream(file, format).write(packs, entries);
                file.sync();
            }
            directory.publish(temporary, name);
        } catch (IOException | DatastoreException e) {
            try {
                directory.delete(temporary);
            } catch (IOException leftBehind) {
                e.addSuppressed(leftBehind);
            }
            throw e;
        }
        makeNamesDurable(directory);
        return format.fileBytes();
    }

    /// Makes the names of all fragments durable, whoever gave them. Whoever relies on an entry must do this first: the
    /// one who published it may be cut off before doing so.
    public static void makeNamesDurable(Directory directory) throws IOException {
        directory.createDirectory(FragmentFormat.DIRECTORY);
        directory.syncDirectory(FragmentFormat.DIRECTORY);
        directory.syncDirectory("");
    }
}
