package io.diskvault.link.web;

import io.diskvault.access.Allow;
import io.diskvault.access.Callers;
import io.diskvault.access.Permission;
import io.diskvault.link.LinkDoor;
import io.diskvault.link.LinkId;
import io.diskvault.link.LinkKind;
import io.diskvault.link.LinkRejection;
import io.diskvault.link.LinkUses;
import io.diskvault.link.LinkedPoint;
import io.diskvault.link.LinkedPoints;
import io.diskvault.link.Transfers;
import io.diskvault.link.view.LinkRow;
import io.diskvault.web.Problem;
import io.diskvault.web.guard.SignIns;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Head;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.util.Optional;
import java.util.function.Function;

/// `/api/v1/recovery-point-downloads/SECRET`: the file that a link leads to, for whoever has the link. The secret is
/// all the sign-in there is, so wrong ones count as failed sign-ins.
@Controller("/api/v1/recovery-point-downloads")
@Secured(SecurityRule.IS_ANONYMOUS)
@Produces(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
final class DownloadController {
    private final SignIns signIns;
    private final LinkDoor door;
    private final LinkUses uses;
    private final LinkedPoints points;
    private final Transfers transfers;

    DownloadController(SignIns signIns, LinkDoor door, LinkUses uses, LinkedPoints points, Transfers transfers) {
        this.signIns = signIns;
        this.door = door;
        this.uses = uses;
        this.points = points;
        this.transfers = transfers;
    }

    /// What the file is, and how large.
    @Head("/{secret}")
    @Allow(value = Permission.POINTS_EXPORT, checkedInside = true)
    HttpResponse<?> look(String secret, HttpRequest<?> request) {
        return admitted(
                secret, request, point -> described(HttpResponse.ok(), point).contentLength(point.sizeBytes()));
    }

    /// The file, or the part of it that the field Range asks for.
    @Get(uri = "/{secret}", headRoute = false)
    @Allow(value = Permission.POINTS_EXPORT, checkedInside = true)
    HttpResponse<?> download(String secret, HttpRequest<?> request) {
        return admitted(secret, request, point -> switch (wanted(request, point)) {
            case ByteRange.Whole _ -> send(HttpResponse.ok(), point, 0, point.sizeBytes());
            case ByteRange.Part part ->
                send(
                        HttpResponse.status(HttpStatus.PARTIAL_CONTENT)
                                .header(
                                        HttpHeaders.CONTENT_RANGE,
                                        "bytes %d-%d/%d".formatted(part.first(), part.last(), point.sizeBytes())),
                        point,
                        part.first(),
                        part.length());
            case ByteRange.Unsatisfiable _ -> notThere(point);
        });
    }

    private HttpResponse<?> admitted(
            String secret, HttpRequest<?> request, Function<LinkedPoint, MutableHttpResponse<?>> answer) {
        Optional<MutableHttpResponse<?>> later = signIns.holdOffBody(request, secret);
        if (later.isPresent()) {
            return later.get();
        }
        Optional<LinkRow> link = door.find(secret, LinkKind.DOWNLOAD);
        if (link.isEmpty()) {
            signIns.failed(request, secret);
            throw LinkRejection.notValid();
        }
        signIns.succeeded(request, secret);
        LinkedPoint point = points.find(link.get());
        uses.record(new LinkId(link.get().id()), Callers.current().address());
        return answer.apply(point);
    }

    /// A part of another file than the client has begun with is of no use to it.
    private static ByteRange wanted(HttpRequest<?> request, LinkedPoint point) {
        String same = request.getHeaders().get(HttpHeaders.IF_RANGE);
        return same == null || same.strip().equals(point.entityTag())
                ? ByteRange.of(request.getHeaders().get(HttpHeaders.RANGE), point.sizeBytes())
                : new ByteRange.Whole();
    }

    private MutableHttpResponse<?> send(MutableHttpResponse<?> response, LinkedPoint point, long first, long length) {
        return described(response, point).body(new Transfer(transfers.start(point, first, length), length));
    }

    private static MutableHttpResponse<?> described(MutableHttpResponse<?> response, LinkedPoint point) {
        return response.contentType(MediaType.APPLICATION_OCTET_STREAM_TYPE)
                .header(HttpHeaders.ACCEPT_RANGES, "bytes")
                .header(HttpHeaders.ETAG, point.entityTag())
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"%s\"".formatted(point.fileName()));
    }

    private static MutableHttpResponse<?> notThere(LinkedPoint point) {
        HttpStatus status = HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE;
        return HttpResponse.status(status)
                .header(HttpHeaders.CONTENT_RANGE, "bytes */%d".formatted(point.sizeBytes()))
                .body(Problem.of(
                        status.getCode(),
                        status.getReason(),
                        "UserErrorRangeNotSatisfiable",
                        "The file has %d bytes; none of those that were asked for is among them."
                                .formatted(point.sizeBytes()),
                        "Ask for bytes that are there, or leave the field Range out."))
                .contentType(MediaType.of(Problem.MEDIA_TYPE));
    }
}
