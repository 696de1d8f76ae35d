package io.diskvault.alert.notice;

import io.diskvault.command.FeatureModule;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import org.axonframework.config.Configurer;

/// Notices, wired. They store no events of their own.
@Singleton
final class NoticeModule implements FeatureModule {
    private final List<Receiver> receivers;
    private final NoticeRows rows;
    private final JsonMapper json;

    NoticeModule(List<Receiver> receivers, NoticeRows rows, JsonMapper json) {
        this.receivers = receivers;
        this.rows = rows;
        this.json = json;
    }

    @Override
    public Map<String, Class<?>> storedTypes() {
        return Map.of();
    }

    @Override
    public void register(Configurer configurer) {
        configurer.eventProcessing(processing ->
                processing.registerEventHandler(configuration -> new NoticeWriter(receivers, rows, json)));
    }
}
