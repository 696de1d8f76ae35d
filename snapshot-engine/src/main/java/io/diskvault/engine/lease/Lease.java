package io.diskvault.engine.lease;

import io.diskvault.engine.storage.Directory;
import io.diskvault.engine.storage.OutputFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileSystemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A lease that this process holds, until it is closed. Belongs to one thread.
public final class Lease implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(Lease.class);

    private final Directory directory;
    private final String file;
    private final OutputFile locked;
    private final Epoch epoch;

    Lease(Directory directory, String file, OutputFile locked, Epoch epoch) {
        this.directory = directory;
        this.file = file;
        this.locked = locked;
        this.epoch = epoch;
    }

    /// The name of its file in the datastore.
    public String file() {
        return file;
    }

    /// The epoch that was current when the lease was taken, and what it condemns.
    public Epoch epoch() {
        return epoch;
    }

    /// Makes sure that the others can still see this lease. To be called before anything is committed that needs it.
    ///
    /// @throws FileSystemException when somebody has removed its file
    public void check() throws IOException {
        if (!directory.exists(file)) {
            throw new FileSystemException(
                    file,
                    null,
                    "Somebody removed this lease while its owner was at work, so what it was for cannot be trusted"
                            + " and was not committed. Leave leases/ alone, and try again");
        }
    }

    /// Gives the lease up.
    @Override
    public void close() throws IOException {
        try (locked) {
            directory.delete(file);
        } catch (IOException e) {
            // Its lock is free now, so everybody sees that it is abandoned; the next collector removes it.
            LOG.debug("{} is left behind: {}", file, e.toString());
        }
    }
}
