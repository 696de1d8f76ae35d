package io.diskvault.link;

import io.diskvault.command.CommandRejected;
import io.diskvault.engine.datastore.PointDisk;
import io.diskvault.engine.nbd.Export;
import io.diskvault.link.view.LinkRow;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The recovery points that are given as read-only disks to whoever has a link to one.
///
/// A point is opened when the first client comes, and closed some seconds after the last one has gone, or as soon as
/// its link does not count any more.
@Singleton
public class LinkedDisks implements SecretDisks, ApplicationEventListener<ServerStartupEvent> {
    private static final Logger LOG = LoggerFactory.getLogger(LinkedDisks.class);

    /// The port is nowhere else, so all its clients come from here.
    private static final String ADDRESS = "127.0.0.1";

    private static final long LOOK_MILLIS = 200;

    /// Clients connect several times before they read.
    private static final int LOOKS_UNUSED_MAX = 50;

    private final LinkSettings settings;
    private final LinkDoor door;
    private final LinkedPoints points;
    private final LinkUses uses;
    private final Transfers transfers;
    private final Map<UUID, Attached> attached = new HashMap<>();
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("linked-disks").factory());

    private static final class Attached {
        private final PointDisk disk;
        private final Export export;
        private int looksUnused;

        Attached(PointDisk disk, Export export) {
            this.disk = disk;
            this.export = export;
        }

        boolean isUnused() {
            looksUnused = export.connections() == 0 ? looksUnused + 1 : 0;
            return looksUnused > LOOKS_UNUSED_MAX;
        }
    }

    LinkedDisks(LinkSettings settings, LinkDoor door, LinkedPoints points, LinkUses uses, Transfers transfers) {
        this.settings = settings;
        this.door = door;
        this.points = points;
        this.uses = uses;
        this.transfers = transfers;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // runs until the executor is shut down
    public void onApplicationEvent(ServerStartupEvent event) {
        if (settings.nbdPort().isPresent()) {
            looks.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public Optional<Export> bySecret(String secret) {
        try {
            return door.find(secret, LinkKind.NBD).map(link -> admit(link, secret));
        } catch (CommandRejected refused) {
            LOG.info("A client was not given a disk: {}", refused.getMessage());
            return Optional.empty();
        }
    }

    private Export admit(LinkRow link, String secret) {
        LinkedPoint point = points.find(link);
        uses.record(new LinkId(link.id()), ADDRESS);
        return export(point, secret);
    }

    private synchronized Export export(LinkedPoint point, String secret) {
        LinkRow link = point.link();
        return attached.computeIfAbsent(link.id(), _ -> {
                    PointDisk disk = transfers.open(point);
                    String description = "recovery point %s of %s/%s by link %s"
                            .formatted(link.recoveryPoint(), link.vault(), link.instance(), link.id());
                    return new Attached(disk, new Export(secret, description, disk));
                })
                .export;
    }

    /// Gives back what nobody reads any more, or must not.
    private void look() {
        try {
            over().forEach(this::detach);
        } catch (RuntimeException failure) {
            // Whoever must not read any more must lose the disk at the next look.
            LOG.warn("The links of attached disks could not be looked at.", failure);
        }
    }

    private synchronized List<Attached> over() {
        List<Attached> over = new ArrayList<>();
        Iterator<Map.Entry<UUID, Attached>> each = attached.entrySet().iterator();
        while (each.hasNext()) {
            Map.Entry<UUID, Attached> next = each.next();
            if (next.getValue().isUnused() || !door.isOpen(next.getKey())) {
                over.add(next.getValue());
                each.remove();
            }
        }
        return over;
    }

    private void detach(Attached one) {
        one.export.close();
        transfers.end(one.disk);
    }

    private synchronized List<Attached> all() {
        List<Attached> all = List.copyOf(attached.values());
        attached.clear();
        return all;
    }

    @PreDestroy
    void close() {
        looks.close();
        all().forEach(this::detach);
    }
}
