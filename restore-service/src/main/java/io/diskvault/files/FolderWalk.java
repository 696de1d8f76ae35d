package io.diskvault.files;

import io.diskvault.engine.DatastoreException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Goes through a folder and all below it, a page of names at a time.
///
/// A folder comes before what is in it. Its links come last: whoever unpacks in this order cannot be led out of the
/// folder by a link that was unpacked before.
final class FolderWalk {
    private static final int PAGE = 200;
    private static final int DEPTH_MAX = 200;

    private final PointFiles files;
    private final Volume volume;
    private final UnaryOperator<String> names;
    private final LeftOut leftOut;
    private final Deque<Level> levels = new ArrayDeque<>();

    /// @param path where it is in the archive
    record Step(String path, Entry entry) {}

    private final class Level {
        private final long node;
        private final String path;
        private boolean links;
        private boolean hasLinks;
        private int listed;
        private Iterator<Entry> page = List.<Entry>of().iterator();
        private boolean last;

        Level(long node, String path) {
            this.node = node;
            this.path = path;
        }

        /// The next of the entries that are due.
        Optional<Entry> next() throws IOException, DatastoreException {
            while (true) {
                while (page.hasNext()) {
                    Entry entry = page.next();
                    hasLinks |= entry.isLink();
                    if (entry.isLink() == links) {
                        return Optional.of(entry);
                    }
                }
                if (last && (links || !hasLinks)) {
                    return Optional.empty();
                }
                if (last) {
                    links = true;
                    listed = 0;
                }
                load();
            }
        }

        private void load() throws IOException, DatastoreException {
            PointFiles.Page loaded = files.list(volume, node, listed, PAGE);
            listed += loaded.entries().size();
            last = listed >= loaded.total() || loaded.entries().isEmpty();
            page = loaded.entries().iterator();
        }
    }

    /// @param top the folder
    /// @param path what it is called in the archive
    /// @param names makes a name from the disk one in the archive
    FolderWalk(PointFiles files, Volume volume, Entry top, String path, UnaryOperator<String> names, LeftOut leftOut) {
        this.files = files;
        this.volume = volume;
        this.names = names;
        this.leftOut = leftOut;
        levels.push(new Level(top.node(), path));
    }

    Optional<Step> next() throws IOException, DatastoreException {
        while (!levels.isEmpty()) {
            Level level = levels.peek();
            Optional<Entry> entry = level.next();
            if (entry.isEmpty()) {
                levels.pop();
                continue;
            }
            Step step = new Step(level.path + "/" + names.apply(entry.get().name()), entry.get());
            if (!step.entry.isFolder()) {
                return Optional.of(step);
            }
            if (enter(step)) {
                return Optional.of(step);
            }
        }
        return Optional.empty();
    }

    private boolean enter(Step folder) {
        // On a damaged disk, or one made to do harm, a folder can be in itself.
        if (levels.stream().anyMatch(level -> level.node == folder.entry.node())) {
            leftOut.add(folder.path, "it contains itself");
            return false;
        }
        if (levels.size() >= DEPTH_MAX) {
            leftOut.add(folder.path, "it is more than %d folders deep".formatted(DEPTH_MAX));
            return false;
        }
        levels.push(new Level(folder.entry.node(), folder.path));
        return true;
    }
}
