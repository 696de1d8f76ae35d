package io.diskvault.instance.web;

import io.diskvault.instance.InstanceEvent;
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

    @Override
    public Optional<Shown> show(String key) {
        return responses.ofAll(List.of(key)).stream()
                .findFirst()
                .map(instance -> new Shown(instance.vault(), instance));
    }
}
