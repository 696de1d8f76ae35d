package io.diskvault.engine.lease;

import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.storage.Directory;
import io.diskvault.engine.storage.InputFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads all epoch files, and the leases of those who live, to see whether they are whole. What is in other leases
/// means nothing: after a power cut it can be anything.
public final class LeaseCheck {

    private static final Logger LOG = LoggerFactory.getLogger(LeaseCheck.class);

    private LeaseCheck() {}

    /// @param problems told the name of each file that is not, and what is wrong with it
    public static void check(Directory directory, BiConsumer<String, Exception> problems) throws IOException {
        for (String name : directory.list(Epochs.DIRECTORY).stream().sorted().toList()) {
            Optional<Long> number = Epochs.numberOf(name);
            if (number.isPresent()) {
                String file = Epochs.fileOf(number.get());
                read(directory, file, Epoch.BYTES_MAX, content -> Epoch.decode(content, file, number.get()), problems);
            }
        }
        for (String name : directory.list(Leases.DIRECTORY).stream().sorted().toList()) {
            String file = Leases.DIRECTORY + "/" + name;
            if (name.endsWith(Leases.SUFFIX) && isHeld(directory, file)) {
                read(directory, file, LeaseFile.BYTES_MAX, content -> LeaseFile.decode(content, file), problems);
            }
        }
    }

    private static boolean isHeld(Directory directory, String file) {
        try {
            return !directory.deleteAbandoned(file);
        } catch (IOException e) {
            // On a read-only file system, for example, where nobody can collect and leases mean nothing.
            LOG.debug("Nobody can tell whether {} is held: {}", file, e.toString());
            return false;
        }
    }

    private interface Decoder {
        Object decode(byte[] content) throws DatastoreException;
    }

    private static void read(
            Directory directory, String file, int bytesMax, Decoder decoder, BiConsumer<String, Exception> problems) {
        try (InputFile input = directory.open(file)) {
            byte[] content = input.readAll(bytesMax);
            // Empty ones are about to be written, or were never finished; both say nothing.
            if (content.length > 0) {
                decoder.decode(content);
            }
        } catch (NoSuchFileException e) {
            // Its time was over. That is how these files end.
        } catch (IOException | DatastoreException e) {
            problems.accept(file, e);
        }
    }
}
