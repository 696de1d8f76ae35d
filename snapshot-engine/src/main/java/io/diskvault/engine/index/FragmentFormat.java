package io.diskvault.engine.index;

import io.diskvault.engine.chunk.ChunkId;
import io.diskvault.engine.format.Checksum;
import io.diskvault.engine.format.FileFormat;
import io.diskvault.engine.pack.PackId;

/// The sizes of a fragment's parts; `docs/datastore-format.md` shows its bytes.
///
/// @param entryCount how many pairs it has
/// @param packCount how many packs they lie in
record FragmentFormat(long entryCount, int packCount) {

    static final FileFormat FORMAT = new FileFormat("index fragment", "DVINDEX\n", 1);
    static final String DIRECTORY = "index";
    static final String SUFFIX = ".idx";

    static final int HEADER_BYTES = FileFormat.HEADER_BYTES + Long.BYTES + 2 * Integer.BYTES;
    static final int FOOTER_BYTES = Checksum.SHA_256_BYTES;

    /// A page is what the operating system reads at once anyway.
    static final int PAGE_BYTES = 4096;

    static final int ENTRY_BYTES = ChunkId.BYTES + 4 * Integer.BYTES;
    static final int PAGE_TRAILER_BYTES = 16;
    static final int PAGE_ENTRIES = (PAGE_BYTES - PAGE_TRAILER_BYTES) / ENTRY_BYTES;

    /// Where the number of entries of a page stands, and where its checksum.
    static final int PAGE_COUNT_OFFSET = PAGE_ENTRIES * ENTRY_BYTES;

    static final int PAGE_CHECKSUM_OFFSET = PAGE_BYTES - Checksum.CRC_BYTES;

    long packTableBytes() {
        return (long) packCount * PackId.BYTES;
    }

    /// Where the first page starts: after the header and the checked table of packs, at a whole page.
    long pagesOffset() {
        return (HEADER_BYTES + packTableBytes() + Checksum.CRC_BYTES + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES;
    }

    long pageCount() {
        return (entryCount + PAGE_ENTRIES - 1) / PAGE_ENTRIES;
    }

    long footerOffset() {
        return pagesOffset() + pageCount() * PAGE_BYTES;
    }

    long fileBytes() {
        return footerOffset() + FOOTER_BYTES;
    }
}
