package io.diskvault.watch;

import io.diskvault.alert.AlertKind;
import io.diskvault.alert.Alerts;
import io.diskvault.alert.Cause;
import io.diskvault.instance.InstanceEvent.PolicySwitched;
import io.diskvault.policy.PolicyEvent.PolicyChanged;
import io.diskvault.policy.PolicyEvent.PolicyCreated;
import io.diskvault.policy.PolicyEvent.PolicyDeleted;
import io.diskvault.policy.PolicyId;
import io.diskvault.policy.PolicyRules;
import io.diskvault.vault.SoftDelete;
import io.diskvault.vault.VaultEvent.SoftDeleteChanged;
import io.diskvault.vault.VaultEvent.VaultCreated;
import io.diskvault.vault.VaultEvent.VaultDeleted;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;

/// Tells that recovery points will go earlier than before: what an attacker, or a slip of the hand, does first. What
/// counted before is read from the history, not from projections, which may be ahead.
@DisallowReplay
@ProcessingGroup(Alerts.GROUP)
final class RetentionAlerts {
    private static final String ACTION =
            "If nobody meant to, set it back at once: points that were made before keep their time, and the history says"
                    + " who did it.";

    private final Alerts alerts;
    private final EventStore events;

    RetentionAlerts(Alerts alerts, EventStore events) {
        this.alerts = alerts;
        this.events = events;
    }

    @EventHandler
    void on(PolicyChanged event, @SequenceNumber long sequence) {
        Optional<PolicyRules> before = latest(event.policy().toString(), sequence, RetentionAlerts::rulesOf);
        PolicyRules next = new PolicyRules(event.schedule(), event.retention());
        before.filter(rules -> rules.keepLessAs(next.retention(), event.at()))
                .ifPresent(rules -> alerts.occurred(
                        Cause.of(
                                        AlertKind.RETENTION_SHORTENED,
                                        event.policy().path(),
                                        "The policy %s keeps less from version %d on: %s became %s."
                                                .formatted(
                                                        event.policy().path(),
                                                        event.version(),
                                                        rules.text(),
                                                        next.text()),
                                        ACTION)
                                .in(event.policy().vault(), Optional.empty()),
                        "version " + event.version(),
                        event.at()));
    }

    @EventHandler
    void on(PolicySwitched event) {
        Optional<PolicyRules> from = rulesAt(event.from());
        Optional<PolicyRules> to = rulesAt(event.to());
        if (from.isPresent() && to.isPresent() && from.get().keepLessAs(to.get().retention(), event.at())) {
            alerts.occurred(
                    Cause.ofInstance(
                            AlertKind.RETENTION_SHORTENED,
                            event.instance().vault(),
                            event.instance().name(),
                            "%s keeps less: the policy %s (%s) was exchanged for %s (%s)."
                                    .formatted(
                                            event.instance().path(),
                                            event.from().name(),
                                            from.get().text(),
                                            event.to().name(),
                                            to.get().text()),
                            ACTION),
                    event.at().toString(),
                    event.at());
        }
    }

    @EventHandler
    void on(SoftDeleteChanged event, @SequenceNumber long sequence) {
        latest(event.vault().toString(), sequence, RetentionAlerts::softDeleteOf)
                .filter(before -> before.isWeakenedBy(event.softDelete()))
                .ifPresent(before -> alerts.occurred(
                        Cause.of(
                                        AlertKind.RETENTION_SHORTENED,
                                        event.vault().name(),
                                        "The vault %s keeps deleted instances for less: soft delete %s became %s."
                                                .formatted(
                                                        event.vault().name(),
                                                        textOf(before),
                                                        textOf(event.softDelete())),
                                        ACTION)
                                .in(event.vault().name(), Optional.empty()),
                        event.at().toString(),
                        event.at()));
    }

    @EventHandler
    void on(PolicyDeleted event) {
        alerts.gone(AlertKind.RETENTION_SHORTENED, event.policy().path(), event.at());
    }

    @EventHandler
    void on(VaultDeleted event) {
        alerts.gone(AlertKind.RETENTION_SHORTENED, event.vault().name(), event.at());
    }

    private Optional<PolicyRules> rulesAt(PolicyId policy) {
        return latest(policy.toString(), Long.MAX_VALUE, RetentionAlerts::rulesOf);
    }

    private <T> Optional<T> latest(String stream, long before, Function<Object, @Nullable T> of) {
        Stream<T> said = events.readEvents(stream)
                .asStream()
                .filter(event -> event.getSequenceNumber() < before)
                .map(DomainEventMessage::getPayload)
                .flatMap(payload -> Stream.ofNullable(of.apply(payload)));
        return said.reduce((_, later) -> later);
    }

    private static @Nullable PolicyRules rulesOf(Object event) {
        return switch (event) {
            case PolicyCreated created -> new PolicyRules(created.schedule(), created.retention());
            case PolicyChanged changed -> new PolicyRules(changed.schedule(), changed.retention());
            default -> null;
        };
    }

    private static @Nullable SoftDelete softDeleteOf(Object event) {
        return switch (event) {
            case VaultCreated created -> created.softDelete();
            case SoftDeleteChanged changed -> changed.softDelete();
            default -> null;
        };
    }

    private static String textOf(SoftDelete softDelete) {
        return "%s with %d days".formatted(softDelete.state().text(), softDelete.retentionDays());
    }
}
