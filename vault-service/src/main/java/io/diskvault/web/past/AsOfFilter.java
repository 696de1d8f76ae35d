package io.diskvault.web.past;

import io.diskvault.command.GeneralRejection;
import io.diskvault.command.Quoted;
import io.micronaut.core.order.Ordered;
import io.micronaut.core.propagation.MutablePropagatedContext;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Lets GET requests ask how something was: `asOf=2026-11-21T12:00:00Z`. It comes after the request was let in, which
/// depends on the present.
@ServerFilter("/api/v1/**")
final class AsOfFilter implements Ordered {
    private static final String NAME = "[^/]+";

    /// What can be asked about the past: all that is answered from the tables alone.
    private static final Pattern PATHS = Pattern.compile("/api/v1/(backup-vaults(/NAME)?".replace("NAME", NAME)
            + "|backup-vaults/NAME/backup-policies(/NAME)?".replace("NAME", NAME)
            + "|backup-vaults/NAME/backup-instances(/NAME(/recovery-points(/NAME)?)?)?".replace("NAME", NAME)
            + "|backup-vaults/NAME/deleted-backup-instances".replace("NAME", NAME)
            + "|backup-instances"
            + "|backup-jobs(/NAME)?".replace("NAME", NAME)
            + "|resource-groups(/NAME(/disks(/NAME)?)?)?".replace("NAME", NAME)
            + "|disks)/?");

    private final PastStates states;

    AsOfFilter(PastStates states) {
        this.states = states;
    }

    @Override
    public int getOrder() {
        // After the look at what the caller may do, so that nobody else makes the server work.
        return ServerFilterPhase.SECURITY.after() + 1;
    }

    @RequestFilter
    @ExecuteOn(TaskExecutors.BLOCKING)
    void turnBack(HttpRequest<?> request, MutablePropagatedContext context) {
        @Nullable String asked = request.getParameters().get("asOf");
        if (asked == null) {
            return;
        }
        if (request.getMethod() != HttpMethod.GET
                || !PATHS.matcher(request.getPath()).matches()) {
            throw GeneralRejection.invalid(
                    "asOf is for reading vaults, policies, instances, recovery points, jobs, resource groups and disks.");
        }
        context.add(states.at(parse(asked)));
    }

    private static Instant parse(String asked) {
        try {
            Instant instant = Instant.parse(asked);
            if (!instant.isBefore(Instant.EPOCH)) {
                return instant;
            }
        } catch (DateTimeException _) {
            // Answered below like an instant before all events.
        }
        throw GeneralRejection.invalid("asOf is %s; write it like 2026-11-21T12:00:00Z.".formatted(Quoted.of(asked)));
    }
}
