package io.diskvault.platform;

import io.micronaut.context.BeanContext;
import io.micronaut.inject.BeanDefinition;
import io.micronaut.inject.qualifiers.Qualifiers;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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

    private volatile @Nullable List<EventMessageHandler> all;

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
        return all().stream().anyMatch(projection -> projection.canHandleType(payloadType));
    }

    /// Empties their tables.
    @Override
    public <R> void prepareReset(@Nullable R context) {
        all().forEach(projection -> projection.prepareReset(context));
    }

    private List<EventMessageHandler> followersOf(EventMessage<?> event) {
        return followers.computeIfAbsent(
                event.getPayloadType(),
                _ -> all().stream()
                        .filter(projection -> projection.canHandle(event))
                        .toList());
    }

    /// They are not there yet when this is made.
    private List<EventMessageHandler> all() {
        List<EventMessageHandler> known = all;
        if (known == null) {
            known = find();
            all = known;
        }
        return known;
    }

    private List<EventMessageHandler> find() {
        List<BeanDefinition<?>> found = new ArrayList<>();
        for (BeanDefinition<?> bean : beans.getBeanDefinitions(Qualifiers.byStereotype(ProcessingGroup.class))) {
            if (bean.stringValue(ProcessingGroup.class)
                    .filter(Replays.GROUP::equals)
                    .isPresent()) {
                found.add(bean);
            }
        }
        return found.stream()
                .sorted(Comparator.comparing(BeanDefinition::getName))
                .<EventMessageHandler>map(bean -> new AnnotationEventHandlerAdapter(beans.getBean(bean)))
                .toList();
    }
}
