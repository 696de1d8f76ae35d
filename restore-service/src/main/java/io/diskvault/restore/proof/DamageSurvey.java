package io.diskvault.restore.proof;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.DatastoreException;
import io.diskvault.engine.datastore.PointDisk;
import io.diskvault.engine.source.Extent;
import io.diskvault.job.JobRun;
import io.diskvault.restoretest.DamagedRange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/// Finds all parts of a recovery point that cannot be read, when a restore has met the first one.
final class DamageSurvey {
    private static final int RANGES_MAX = 100;

    /// With this many blocks a manifest's leaf ends; one that is lost takes them all with it.
    private static final int BLOCKS_PER_STEP = 64;

    private final PointDisk disk;
    private final JobRun run;
    private final List<DamagedRange> ranges = new ArrayList<>();
    private long more;
    private long end = -1;

    DamageSurvey(PointDisk disk, JobRun run) {
        this.disk = disk;
        this.run = run;
    }

    /// @param more how many further ranges there are
    record Found(List<DamagedRange> ranges, long more) {}

    Found look() throws IOException, DatastoreException {
        ByteBuffer block = ByteBuffer.allocate(disk.blockBytes());
        long step = (long) BLOCKS_PER_STEP * disk.blockBytes();
        for (long start = 0; start < disk.size(); start += step) {
            look(start, Math.min(start + step, disk.size()), block);
        }
        return new Found(List.copyOf(ranges), more);
    }

    private void look(long start, long stop, ByteBuffer block) throws IOException, DatastoreException {
        if (run.cancelled()) {
            throw new CancellationException("cancelled while the damage was looked at");
        }
        try {
            Optional<Extent> data = disk.dataIn(start, stop);
            while (data.isPresent()) {
                read(data.get(), block);
                data = disk.dataIn(data.get().end(), stop);
            }
        } catch (CorruptDatastoreException lost) {
            // Of the manifest: nobody knows what is to be here.
            add(start, stop);
        }
    }

    private void read(Extent data, ByteBuffer block) throws IOException, DatastoreException {
        for (long at = data.offset(); at < data.end(); at += disk.blockBytes()) {
            int length = (int) Math.min(disk.blockBytes(), data.end() - at);
            try {
                disk.read(at, block.clear().limit(length));
            } catch (CorruptDatastoreException damaged) {
                add(at, at + length);
            }
        }
    }

    private void add(long from, long to) {
        if (!ranges.isEmpty() && more == 0 && end >= from) {
            DamagedRange last = ranges.removeLast();
            ranges.add(new DamagedRange(last.start(), Math.max(end, to)));
        } else if (ranges.size() < RANGES_MAX) {
            ranges.add(new DamagedRange(from, to));
        } else if (end < from) {
            more++;
        }
        end = Math.max(end, to);
    }
}
