package io.diskvault.alert.notice;

import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import org.axonframework.config.Configuration;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventProcessor;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.StreamingEventProcessor;

/// Whether the server can do its work: the database answers, and everything that follows the events does.
@Singleton
class Wellness {
    private final NoticeRows rows;
    private final EventProcessingConfiguration processing;

    Wellness(NoticeRows rows, Configuration configuration) {
        this.rows = rows;
        this.processing = configuration.eventProcessingConfiguration();
    }

    /// What is wrong; nothing if all is well.
    Optional<String> trouble() {
        try {
            rows.waiting();
        } catch (RuntimeException failure) {
            return Optional.of("the database does not answer: " + failure.getMessage());
        }
        for (Map.Entry<String, EventProcessor> each :
                processing.eventProcessors().entrySet()) {
            if (!each.getValue().isRunning() || each.getValue().isError() || hasFailed(each.getValue())) {
                return Optional.of("the processing of events has stopped: " + each.getKey());
            }
        }
        return Optional.empty();
    }

    private static boolean hasFailed(EventProcessor processor) {
        return processor instanceof StreamingEventProcessor streaming
                && streaming.processingStatus().values().stream().anyMatch(EventTrackerStatus::isErrorState);
    }
}
