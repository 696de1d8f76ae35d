package io.diskvault.audit;

import io.diskvault.audit.EventRows.Exported;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/// The events of a period as JSON lines, read from the database while they are read from here.
final class EventExport extends InputStream {
    private final EventRows events;
    private final String from;
    private final String to;
    private InputStream page = InputStream.nullInputStream();
    private long after = Long.MIN_VALUE;
    private boolean ended;

    EventExport(EventRows events, String from, String to) {
        this.events = events;
        this.from = from;
        this.to = to;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int count = page.read(into, offset, length);
        while (count < 0 && !ended) {
            turn();
            count = page.read(into, offset, length);
        }
        return count;
    }

    private void turn() throws IOException {
        List<Exported> next = events.exportAfter(after, from, to);
        ended = next.isEmpty();
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (Exported exported : next) {
            after = exported.event().globalIndex();
            lines.write(ExportLine.write(exported));
            lines.write('\n');
        }
        page = new ByteArrayInputStream(lines.toByteArray());
    }
}
