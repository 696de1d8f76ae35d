package io.diskvault.instance.web;

import io.diskvault.instance.InstanceEvent;
import io.diskvault.instance.InstanceId;
import io.diskvault.web.live.Live;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/// Backup instances, told when something happens to them.
@Singleton
final class LiveInstances implements Live {
    private final InstanceResponse.Source responses;

    LiveInstances(InstanceResponse.Source responses) {
        this.responses = responses;
    }

    @Override
    public String name() {
        return "instance";
    }

    @Override
    public Class<?> events() {
        return InstanceEvent.class;
    }

    @Override
    public String keyOf(Object event) {
        return ((InstanceEvent) event).instance().path();
    }

    /// What is told of one that was removed for good.
    record Gone(String vault, String name, boolean gone) {
        static Gone of(InstanceId instance) {
            return new Gone(instance.vault(), instance.name(), true);
        }
    }

    @Override
    public Optional<Shown> show(String key) {
        InstanceId id = InstanceId.parse(key);
        Optional<Object> body =
                responses.ofAll(List.of(key)).stream().findFirst().map(Object.class::cast);
        return Optional.of(new Shown(id.vault(), body.orElseGet(() -> Gone.of(id))));
    }
}
