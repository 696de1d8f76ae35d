package io.diskvault.engine.store;

import io.diskvault.engine.CorruptDatastoreException;
import io.diskvault.engine.pack.ChunkPlace;
import io.diskvault.engine.pack.PackId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Damaged chunks that readers came across, for one line in the log per pack and not per chunk: a pack on a bad part
/// of a disk has hundreds. Thread-safe.
final class DamageMet {

    private static final Logger LOG = LoggerFactory.getLogger(DamageMet.class);

    /// @param first what is wrong with the one that was found first
    private record InPack(long chunks, String first) {

        private InPack plusOne() {
            return new InPack(chunks + 1, first);
        }
    }

    private final Map<PackId, InPack> untold = new ConcurrentHashMap<>();
    private final Set<ChunkPlace> met = ConcurrentHashMap.newKeySet();

    void add(ChunkPlace place, CorruptDatastoreException problem) {
        if (met.add(place)) {
            untold.compute(
                    place.pack(),
                    (_, known) ->
                            known == null ? new InPack(1, String.valueOf(problem.getMessage())) : known.plusOne());
        }
        LOG.debug("Another copy of a chunk is looked for: {}", problem.getMessage());
    }

    /// Tells what was met since the last time.
    void tell() {
        for (PackId pack : List.copyOf(untold.keySet())) {
            InPack damage = untold.remove(pack);
            if (damage != null) {
                LOG.warn(
                        "{} has {} damaged {} of what was read; another copy is taken where there is one. The first: {}",
                        pack.file(),
                        damage.chunks,
                        damage.chunks == 1 ? "chunk" : "chunks",
                        damage.first);
            }
        }
    }
}
