package io.diskvault.stream;

import io.diskvault.access.Access;
import io.diskvault.access.Allow;
import io.diskvault.access.Permission;
import io.diskvault.access.SignedIn;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `/api/v1/stream`: what happens to jobs, instances and alerts, as it happens.
@Controller("/api/v1/stream")
@ExecuteOn(TaskExecutors.BLOCKING)
final class StreamController {
    private final Access access;
    private final Streams streams;

    StreamController(Access access, Streams streams) {
        this.access = access;
        this.streams = streams;
    }

    /// An event `job`, `instance` or `alert` has as its data the thing as it is now, as it is shown at
    /// `/api/v1/backup-jobs/{id}`, `/api/v1/backup-vaults/{vault}/backup-instances/{name}` and
    /// `/api/v1/alerts/{id}`; of an instance that was removed for good it has `vault`, `name` and
    /// `"gone": true`. An event `progress` has the `id` and the `progress` of a running job; it comes every
    /// second in which that changed, and nobody can go on from it.
    ///
    /// @param last the id of the last event that was received; nothing that came after it is left out
    @Get(produces = MediaType.TEXT_EVENT_STREAM, headRoute = false)
    @Allow(value = Permission.VAULTS_READ, checkedInside = true)
    HttpResponse<?> listen(HttpRequest<?> request, @Header("Last-Event-ID") @Nullable String last) {
        Optional<Position> position = Optional.ofNullable(last).map(Position::parse);
        String principal = access.me();
        SignedIn signedIn = SignedIn.of(request)
                .orElseGet(() -> new SignedIn(Optional.empty(), Optional.empty(), Optional.empty()));
        Told told = new Told(principal, streams.open(principal, signedIn, position));
        return HttpResponse.ok(told)
                .contentType(MediaType.TEXT_EVENT_STREAM_TYPE)
                // Proxies that collect an answer before they pass it on would hold everything back.
                .header("X-Accel-Buffering", "no");
    }

    /// The body of the answer.
    record Told(String principal, Narration narration) {}
}
