package io.diskvault.engine.index;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.format.Checksum;
import io.diskvault.engine.storage.Directory;
import io.diskvault.engine.storage.InputFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;

/// Checks the files of the index as a whole, every byte of them. Look-ups check only what they touch.
public final class FragmentCheck {

    /// The directory of the datastore that fragments lie in.
    public static final String DIRECTORY = FragmentFormat.DIRECTORY;

    private static final int WINDOW_BYTES = 1 << 20;

    private FragmentCheck() {}

    /// The names of all fragments, without the path to them.
    public static List<String> names(Directory directory) throws IOException {
        return directory.list(DIRECTORY).stream()
                .filter(name -> name.endsWith(FragmentFormat.SUFFIX))
                .sorted()
                .toList();
    }

    /// Reads a fragment with the system's reads, not as mapped memory, so that the storage can say that it cannot.
    ///
    /// @param tick told how many bytes were read, again and again
    /// Its name is not looked at, since it means nothing.
    ///
    /// @throws DatastoreException when it is not, byte for byte, what was written
    public static void check(Directory directory, String name, LongConsumer tick)
            throws IOException, DatastoreException {
        String path = DIRECTORY + "/" + name;
        MessageDigest digest = Checksum.sha256();
        byte[] footer = new byte[FragmentFormat.FOOTER_BYTES];
        try (InputFile file = directory.open(path)) {
            long end = file.sizeBytes() - footer.length;
            if (end < FragmentFormat.HEADER_BYTES) {
                throw new CorruptDatastoreException(path + " is damaged: it is too short to be an index fragment.");
            }
            ByteBuffer window = ByteBuffer.allocate((int) Math.min(WINDOW_BYTES, end));
            for (long at = 0; at < end; at += window.limit()) {
                window.clear().limit((int) Math.min(window.capacity(), end - at));
                file.read(window, at);
                window.flip();
                if (at == 0) {
                    FragmentFormat.FORMAT.readHeader(window.duplicate(), path);
                }
                digest.update(window.duplicate());
                tick.accept(window.limit());
            }
            file.read(ByteBuffer.wrap(footer), end);
        }
        if (!Arrays.equals(digest.digest(), footer)) {
            throw new CorruptDatastoreException(
                    path + " is damaged: its checksum is wrong. It can be made anew from the"
                            + " packs; nothing that they hold is lost.");
        }
    }
}
