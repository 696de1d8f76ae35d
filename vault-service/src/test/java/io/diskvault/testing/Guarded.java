package io.diskvault.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskvault.testing.TestServer.Answer;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// People with roles, a resource guard, and as many vaults as a test needs, each with one protected disk of its own.
/// The groups `vm-disks` and `snapshots` are there already.
public record Guarded(TestServer server, Path directory) {
    private static final String API = "/api/v1/";
    private static final Pattern REQUEST = Pattern.compile("diskvault approval approve ([-0-9a-f]{36})$");

    /// Issues a token.
    public String token(String name, String role, String scope) {
        return issued("{\"name\":\"%s\",\"role\":\"%s\",\"scope\":\"%s\"}".formatted(name, role, scope));
    }

    /// Issues a further token of somebody.
    public String tokenOf(String principal) {
        return issued("{\"name\":\"another\",\"principal\":\"%s\"}".formatted(principal));
    }

    private String issued(String body) {
        Answer issued = server.post(API + "tokens", body);
        assertEquals(201, issued.status(), () -> issued.body().toString());
        return issued.body().get("token").asText();
    }

    /// Asks with a token.
    public Answer as(String token, String method, String path, @Nullable String json) {
        // Whatever version a policy has: others change none here.
        return server.send(method, API + path, json, "Authorization", "Bearer " + token, "If-Match", "*");
    }

    /// Makes a vault with the policies `gold` (a week) and `silver` (five days) and the instance `web`, which
    /// protects a disk named after the vault.
    public void vault(String name) {
        Protected.makeDisk(directory, name + ".img", 1, 1 << 12);
        String vault = API + "backup-vaults/" + name;
        ok(server.put(vault, "{}"));
        ok(server.put(vault + "/backup-policies/gold", policy(7)));
        ok(server.put(vault + "/backup-policies/silver", policy(5)));
        ok(server.put(API + "resource-groups/vm-disks/disks/" + name, "{\"source\":\"file:%s.img\"}".formatted(name)));
        ok(server.put(vault + "/backup-instances/web", instance(name, "gold", true)));
    }

    /// The body of the instance `web`.
    public static String instance(String vault, String policy, boolean grant) {
        return "{\"disk\":\"vm-disks/%s\",\"policy\":\"%s\",\"snapshotResourceGroup\":\"snapshots\",\"grantMissing\":%s}"
                .formatted(vault, policy, grant);
    }

    /// The body of a policy that keeps for so many days.
    public static String policy(int days) {
        return """
                {"schedule":{"repeatingTimeIntervals":["R/2026-11-01T00:00:00+00:00/P1W"]},
                 "retention":[{"tag":"Default","duration":"P%dD"}]}""".formatted(days);
    }

    /// Makes a recovery point of the vault's disk.
    ///
    /// @return its id
    public String backUp(String vault) {
        Answer accepted = server.post(API + "backup-vaults/" + vault + "/backup-instances/web/backups", "{}");
        assertEquals(202, accepted.status(), () -> accepted.body().toString());
        JsonNode job = Protected.await(server, accepted.header("location"));
        return job.get("recoveryPoint").asText();
    }

    /// Puts the guard on the vault.
    public void link(String vault, String guard) {
        Answer linked =
                server.put(API + "backup-vaults/" + vault + "/resource-guard", "{\"guard\":\"%s\"}".formatted(guard));
        assertEquals(200, linked.status(), () -> linked.body().toString());
    }

    /// The request for an approval that a refusal speaks of.
    public JsonNode requestIn(Answer refusal) {
        Matcher id = REQUEST.matcher(refusal.body().path("detail").asText());
        assertTrue(id.find(), refusal::toString);
        return server.get(API + "approval-requests/" + id.group(1)).body();
    }

    private static void ok(Answer answer) {
        assertEquals(201, answer.status(), () -> answer.body().toString());
    }
}
