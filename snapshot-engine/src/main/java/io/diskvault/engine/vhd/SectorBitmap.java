package io.diskvault.engine.vhd;

import java.nio.ByteBuffer;

/// Which sectors of a block were ever written; the others are zeros, whatever lies in their place.
///
/// @param bits one for each sector, the first is the highest of the first byte; whole sectors
record SectorBitmap(ByteBuffer bits, int sectors) {

    boolean isWritten(int sector) {
        return next(sector, true) == sector;
    }

    /// The first sector, from one on, that was written or was not; the number of sectors when there is none.
    int next(int sector, boolean written) {
        for (int at = sector; at < sectors; at = (at | (Long.SIZE - 1)) + 1) {
            long word = bits.getLong(at / Long.SIZE * Long.BYTES);
            // Shifted by the bits of the word that come before; Java takes the count modulo 64.
            long rest = (written ? word : ~word) << at;
            if (rest != 0) {
                return Math.min(sectors, at + Long.numberOfLeadingZeros(rest));
            }
        }
        return sectors;
    }
}
