package io.diskvault.engine.verify;

import io.diskvault.engine.pack.PackId;
import java.util.Comparator;

/// Where something in a pack is damaged.
///
/// @param offset where the sealed chunk starts, or [#WHOLE_PACK]
public record DamagedPlace(PackId pack, int offset) implements Comparable<DamagedPlace> {

    /// Stands for everything in the pack. No chunk starts there, because that is where the header is.
    public static final int WHOLE_PACK = 0;

    private static final Comparator<DamagedPlace> ORDER =
            Comparator.comparing(DamagedPlace::pack).thenComparing(DamagedPlace::offset, Integer::compareUnsigned);

    @Override
    public int compareTo(DamagedPlace other) {
        return ORDER.compare(this, other);
    }
}
