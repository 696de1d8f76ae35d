package io.diskvault.audit.web;

import io.diskvault.access.Allow;
import io.diskvault.access.Permission;
import io.diskvault.audit.Audit;
import io.diskvault.audit.AuditReport;
import io.diskvault.command.GeneralRejection;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.server.types.files.StreamedFile;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `/api/v1/audit`.
@Controller("/api/v1/audit")
@ExecuteOn(TaskExecutors.BLOCKING)
final class AuditController {
    private static final MediaType JSON_LINES = MediaType.of("application/x-ndjson");

    private final Audit audit;

    AuditController(Audit audit) {
        this.audit = audit;
    }

    /// @param publicKeys the keys (PEM) whose checkpoints count; the server's own, if absent
    /// @param checkpoints texts of checkpoints that are kept elsewhere, by their numbers
    record VerificationRequest(
            @Nullable List<String> publicKeys, @Nullable List<String> checkpoints) {}

    record PublicKeyResponse(String publicKey, String fingerprint) {}

    @Post("/verification")
    @Allow(Permission.AUDIT_READ)
    AuditReport verify(@Body VerificationRequest request) {
        List<PublicKey> keys = new ArrayList<>();
        for (String pem : orEmpty(request.publicKeys())) {
            keys.add(parse(pem));
        }
        return audit.verify(keys, orEmpty(request.checkpoints()));
    }

    @Get("/public-key")
    @Allow(Permission.AUDIT_READ)
    PublicKeyResponse publicKey() {
        return new PublicKeyResponse(audit.publicKeyText(), audit.publicKeyFingerprint());
    }

    @Get("/events")
    @Allow(Permission.AUDIT_READ)
    StreamedFile events(@QueryValue @Nullable Instant from, @QueryValue @Nullable Instant to) {
        return new StreamedFile(audit.export(from, to), JSON_LINES);
    }

    private PublicKey parse(String pem) {
        try {
            return audit.parseKey(pem);
        } catch (GeneralSecurityException malformed) {
            throw GeneralRejection.invalid(
                    "publicKeys has a text that is no public key of Ed25519 in PEM: " + malformed.getMessage());
        }
    }

    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }
}
