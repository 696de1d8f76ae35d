package io.diskvault.link;

import io.diskvault.instance.InstanceId;
import io.diskvault.link.LinkEvent.LinkCreated;
import io.diskvault.link.LinkEvent.LinkRevoked;
import io.diskvault.link.LinkEvent.LinkUsed;
import io.diskvault.testing.StoredEvents;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LinkEventsTest {
    private static final Instant AT = Instant.parse("2026-11-01T12:00:00.123Z");
    private static final LinkId LINK = new LinkId(UUID.fromString("00000000-0000-4000-8000-00000000000a"));
    private static final InstanceId WEB = new InstanceId("prod", "web-1");

    @Test
    @SuppressWarnings("NullAway") // only the names of a module are asked for
    void areStoredAsEverBefore() {
        new StoredEvents(new LinkModule())
                .hold(
                        "link.created",
                        """
                        {"link":"00000000-0000-4000-8000-00000000000a","instance":"prod/web-1","recoveryPoint":"p1",\
                        "kind":"download","format":"raw","hash":"abc","createdBy":"alice",\
                        "expiresAt":"2026-11-01T12:00:00.123Z","at":"2026-11-01T12:00:00.123Z"}""",
                        new LinkCreated(LINK, WEB, "p1", LinkKind.DOWNLOAD, ImageFormat.RAW, "abc", "alice", AT, AT))
                .hold(
                        "link.created",
                        """
                        {"link":"00000000-0000-4000-8000-00000000000a","instance":"prod/web-1","recoveryPoint":"p1",\
                        "kind":"download","format":"vhd","hash":"abc","createdBy":"alice",\
                        "expiresAt":"2026-11-01T12:00:00.123Z","at":"2026-11-01T12:00:00.123Z"}""",
                        new LinkCreated(LINK, WEB, "p1", LinkKind.DOWNLOAD, ImageFormat.VHD, "abc", "alice", AT, AT))
                .hold("link.used", """
                        {"link":"00000000-0000-4000-8000-00000000000a","address":"10.0.0.1",\
                        "at":"2026-11-01T12:00:00.123Z"}""", new LinkUsed(LINK, "10.0.0.1", AT))
                .hold("link.revoked", """
                        {"link":"00000000-0000-4000-8000-00000000000a","at":"2026-11-01T12:00:00.123Z"}""", new LinkRevoked(LINK, AT))
                .areAll();
    }
}
