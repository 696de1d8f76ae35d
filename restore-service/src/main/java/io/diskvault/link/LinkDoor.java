package io.diskvault.link;

import io.diskvault.access.Access;
import io.diskvault.access.Permission;
import io.diskvault.access.RepeatedLook;
import io.diskvault.access.Scope;
import io.diskvault.access.TokenSecret;
import io.diskvault.link.view.LinkRow;
import io.diskvault.link.view.LinkRows;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/// Knows which secrets open a link, now.
@Singleton
public class LinkDoor {
    private final LinkRows rows;
    private final Access access;
    private final Clock clock;

    LinkDoor(LinkRows rows, Access access, Clock clock) {
        this.rows = rows;
        this.access = access;
        this.clock = clock;
    }

    /// The link that a secret opens; empty if there is none, or it does not count any more.
    public Optional<LinkRow> find(String secret, LinkKind kind) {
        return rows.findByHash(TokenSecret.hash(secret))
                .filter(link -> link.kind().equals(kind.text()))
                .filter(this::counts);
    }

    /// Says, again and again while a transfer runs, whether its link still counts.
    public BooleanSupplier watch(LinkRow link) {
        return new RepeatedLook(() -> isOpen(link.id()));
    }

    /// Whether a link that was open still is.
    boolean isOpen(UUID link) {
        return rows.findById(link).filter(this::counts).isPresent();
    }

    /// A link passes on its maker's right, so it counts no longer than that.
    private boolean counts(LinkRow link) {
        return link.isValid(clock.instant())
                && access.of(link.createdBy()).allow(Permission.POINTS_EXPORT, Scope.vault(link.vault()));
    }
}
