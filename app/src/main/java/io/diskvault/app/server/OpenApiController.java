package io.diskvault.app.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.diskvault.access.Allow;
import io.diskvault.access.Permission;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/// `/api/v1/openapi.yaml`.
@Controller("/api/v1/openapi.yaml")
@ExecuteOn(TaskExecutors.BLOCKING)
final class OpenApiController {
    /// The description of this interface (OpenAPI 3.1). It is the same for all.
    @Get(produces = "application/yaml")
    @Allow(value = Permission.VAULTS_READ, checkedInside = true)
    String document() throws IOException {
        try (InputStream document = OpenApiController.class.getResourceAsStream("openapi.yaml")) {
            return new String(Objects.requireNonNull(document).readAllBytes(), UTF_8);
        }
    }
}
