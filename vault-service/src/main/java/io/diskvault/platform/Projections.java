package io.diskvault.platform;

import io.micronaut.context.BeanContext;
import io.micronaut.core.util.SupplierUtil;
import io.micronaut.inject.BeanDefinition;
import io.micronaut.inject.qualifiers.Qualifiers;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.AnnotationEventHandlerAdapter;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventMessageHandler;
import org.jspecify.annotations.Nullable;

/// All projections as one handler of events: an event changes the rows of all that follow it, or none. A projection
/// that counts can therefore count on being told of each event once, also if the event is put aside because of another
/// one and told again.
///
/// Every bean that is annotated with `@ProcessingGroup(Replays.GROUP)` is a projection.
@Singleton
public final class Projections implements EventMessageHandler {
    private final BeanContext beans;
    private final Savepoints savepoints;
    private final Replays replays;

    /// Who follows events of a class; which class it is decides alone, and most follow few.
    private final Map<Class<?>, List<EventMessageHandler>> followers = new ConcurrentHashMap<>();

    /// Looked up when it is first asked for: they are not there yet when this is made.
    private final Supplier<List<EventMessageHandler>> all = SupplierUtil.memoized(this::find);

    Projections(BeanContext beans, Savepoints savepoints, Replays replays) {
        this.beans = beans;
        this.savepoints = savepoints;
        this.replays = replays;
    }

    @Override
    public @Nullable Object handle(EventMessage<?> event) throws Exception {
        if (replays.buffering()) {
            try {
                project(event);
            } catch (Exception failure) {
                replays.broken(failure);
                throw failure;
            }
            return null;
        }
        return savepoints.allOrNothing(() -> {
            project(event);
            return null;
        });
    }

    /// Without a savepoint: the caller's transaction as a whole succeeds or fails.
    public void project(EventMessage<?> event) throws Exception {
        for (EventMessageHandler projection : followersOf(event)) {
            projection.handle(event);
        }
    }

    @Override
    public boolean canHandle(EventMessage<?> event) {
        return !followersOf(event).isEmpty();
    }

    @Override
    public boolean canHandleType(Class<?> payloadType) {
        return all.get().stream().anyMatch(projection -> projection.canHandleType(payloadType));
    }

    /// Empties their tables.
    @Override
    public <R> void prepareReset(@Nullable R context) {
        all.get().forEach(projection -> projection.prepareReset(context));
    }

    private List<EventMessageHandler> followersOf(EventMessage<?> event) {
        return followers.computeIfAbsent(
                event.getPayloadType(),
                _ -> all.get().stream()
                        .filter(projection -> projection.canHandle(event))
                        .toList());
    }

    private List<EventMessageHandler> find() {
        return beans.getBeanDefinitions(Qualifiers.<Object>byStereotype(ProcessingGroup.class)).stream()
                .filter(bean -> bean.stringValue(ProcessingGroup.class)
                        .filter(Replays.GROUP::equals)
                        .isPresent())
                .sorted(Comparator.comparing(BeanDefinition::getName))
                .<EventMessageHandler>map(bean -> new AnnotationEventHandlerAdapter(beans.getBean(bean)))
                .toList();
    }
}
