package io.diskvault.engine.index;

import io.diskvault.engine.format.Checksum;
import io.diskvault.engine.pack.PackId;
import io.diskvault.engine.storage.Directory;
import io.diskvault.engine.storage.WholeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes fragments. The bytes depend on nothing but the set of entries.
public final class FragmentWriter {

    private static final Logger LOG = LoggerFactory.getLogger(FragmentWriter.class);
    private static final int NAME_BYTES = 16;

    private FragmentWriter() {}

    /// Writes a fragment and makes it durable; the packs it speaks of must be durable already.
    ///
    /// @param writer a name that no other writer uses at the same time, for the temporary file
    /// @return how many bytes it has
    public static int write(Directory directory, SortedSet<IndexEntry> entries, String writer) throws IOException {
        ByteBuffer bytes = encode(entries);
        byte[] digest = new byte[FragmentFormat.FOOTER_BYTES];
        bytes.get(bytes.limit() - digest.length, digest);
        String fileName = HexFormat.of().formatHex(digest, 0, NAME_BYTES) + FragmentFormat.SUFFIX;
        String temporary = FragmentFormat.DIRECTORY + "/" + writer + ".unfinished";
        directory.createDirectory(FragmentFormat.DIRECTORY);
        try {
            WholeFile.publish(directory, temporary, FragmentFormat.DIRECTORY + "/" + fileName, bytes);
        } catch (FileAlreadyExistsException e) {
            // The name is the content: somebody wrote the very same fragment.
            LOG.debug("The index fragment {} was there already.", fileName);
        }
        directory.syncDirectory(FragmentFormat.DIRECTORY);
        directory.syncDirectory("");
        return bytes.limit();
    }

    /// The whole fragment. It fits in memory because its writers hold its entries there, too.
    static ByteBuffer encode(SortedSet<IndexEntry> entries) {
        Map<PackId, Integer> packs = new TreeMap<>();
        entries.forEach(entry -> packs.put(entry.place().pack(), 0));
        int number = 0;
        for (Map.Entry<PackId, Integer> pack : packs.entrySet()) {
            pack.setValue(number++);
        }
        FragmentFormat format = new FragmentFormat(entries.size(), packs.size());
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(format.fileBytes()));
        writeHead(bytes, format, List.copyOf(packs.keySet()));
        Iterator<IndexEntry> rest = entries.iterator();
        for (long page = 0; page < format.pageCount(); page++) {
            int start = Math.toIntExact(format.pagesOffset() + page * FragmentFormat.PAGE_BYTES);
            writePage(bytes.slice(start, FragmentFormat.PAGE_BYTES), rest, packs);
        }
        int footer = Math.toIntExact(format.footerOffset());
        MessageDigest digest = Checksum.sha256();
        digest.update(bytes.slice(0, footer));
        bytes.put(footer, digest.digest());
        return bytes.clear();
    }

    private static void writeHead(ByteBuffer bytes, FragmentFormat format, List<PackId> packs) {
        FragmentFormat.FORMAT.writeHeader(bytes);
        bytes.putLong(format.entryCount()).putInt(format.packCount());
        bytes.putInt(Checksum.crc32c(bytes.slice(0, bytes.position())));
        int tableStart = bytes.position();
        packs.forEach(pack -> pack.writeTo(bytes));
        bytes.putInt(Checksum.crc32c(bytes.slice(tableStart, bytes.position() - tableStart)));
    }

    private static void writePage(ByteBuffer page, Iterator<IndexEntry> rest, Map<PackId, Integer> packs) {
        int count = 0;
        for (; count < FragmentFormat.PAGE_ENTRIES && rest.hasNext(); count++) {
            IndexEntry entry = rest.next();
            entry.id().writeTo(page);
            page.putInt(packs.getOrDefault(entry.place().pack(), 0))
                    .putInt(entry.place().offset())
                    .putInt(entry.place().sealedLength())
                    .putInt(entry.place().plainLength());
        }
        page.putInt(FragmentFormat.PAGE_COUNT_OFFSET, count);
        page.putInt(
                FragmentFormat.PAGE_CHECKSUM_OFFSET,
                Checksum.crc32c(page.slice(0, FragmentFormat.PAGE_CHECKSUM_OFFSET)));
    }
}
