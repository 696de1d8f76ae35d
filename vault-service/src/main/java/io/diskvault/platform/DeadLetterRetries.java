package io.diskvault.platform;

import io.micronaut.context.annotation.Context;
import io.micronaut.scheduling.annotation.Scheduled;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.deadletter.DeadLetter;
import org.axonframework.messaging.deadletter.SequencedDeadLetterProcessor;
import org.axonframework.messaging.deadletter.SequencedDeadLetterQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Handles events again that could not be handled: at the start, because a new version may have mended it, and every
/// minute, because what was missing then (a mounted datastore, room on a disk) may be there now. Made with the server:
/// when it first runs, the server may already be stopping.
@Context
public class DeadLetterRetries {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterRetries.class);

    private final EventProcessingConfiguration processing;

    private final TransactionManager transactions;

    DeadLetterRetries(Configuration configuration, TransactionManager transactions) {
        this.processing = configuration.eventProcessingConfiguration();
        this.transactions = transactions;
    }

    /// Tries all letters of all groups once, each thing's in their order.
    @Scheduled(initialDelay = "1s", fixedDelay = "1m")
    public void retry() {
        for (String group : processing.eventProcessors().keySet()) {
            processing
                    .deadLetterQueue(group)
                    .ifPresent(letters -> processing
                            .sequencedDeadLetterProcessor(group)
                            .ifPresent(processor -> retry(group, letters, processor)));
        }
    }

    private void retry(
            String group,
            SequencedDeadLetterQueue<EventMessage<?>> letters,
            SequencedDeadLetterProcessor<EventMessage<?>> processor) {
        long sequences = transactions.fetchInTransaction(letters::amountOfSequences);
        long handled = 0;
        for (long sequence = 0; sequence < sequences; sequence++) {
            handled += processor.processAny() ? 1 : 0;
        }
        if (sequences > 0) {
            LOG.warn("{}: events of {} things were held up, those of {} are handled now", group, sequences, handled);
        }
        if (handled < sequences) {
            transactions.executeInTransaction(() -> letters.deadLetters().forEach(held -> logFirst(group, held)));
        }
    }

    private static void logFirst(String group, Iterable<DeadLetter<? extends EventMessage<?>>> held) {
        for (DeadLetter<? extends EventMessage<?>> letter : held) {
            LOG.warn(
                    "{}: {} cannot be handled and holds up later events of the same thing: {}",
                    group,
                    letter.message().getPayloadType().getSimpleName(),
                    letter.cause().map(cause -> cause.message()).orElse("no cause is known"));
            return;
        }
    }
}
