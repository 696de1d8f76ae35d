package io.diskvault.audit;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/// Links every event to the chain, in the order in which the event store hands them out, in one transaction with its
/// position.
///
/// The work is done at the end of a batch and not in the handler: a failure there takes back the whole batch, which is
/// tried again, where a failing handler's event would be put aside and the chain would go on without it.
@DisallowReplay
@ProcessingGroup(ChainBuilder.GROUP)
final class ChainBuilder {
    static final String GROUP = "audit-chain";

    /// So many at most are linked in one transaction.
    static final int BATCH = 200;

    private static final String BATCH_KEY = ChainBuilder.class.getName();

    private final Chain chain;
    private final Checkpoints checkpoints;

    ChainBuilder(Chain chain, Checkpoints checkpoints) {
        this.chain = chain;
        this.checkpoints = checkpoints;
    }

    @EventHandler
    void on(EventMessage<?> event) {
        UnitOfWork<?> work = CurrentUnitOfWork.get();
        List<String> batch = work.getOrComputeResource(BATCH_KEY, _ -> begin(work));
        batch.add(event.getIdentifier());
    }

    private List<String> begin(UnitOfWork<?> work) {
        List<String> batch = new ArrayList<>();
        work.onPrepareCommit(_ -> link(batch));
        work.afterCommit(_ -> checkpoints.linked(batch.size()));
        return batch;
    }

    private void link(List<String> batch) {
        try {
            chain.append(batch);
        } catch (SQLException failure) {
            throw new IllegalStateException("events were not linked to the audit chain", failure);
        }
    }
}
