package io.diskvault.app.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.diskvault.app.testing.Program.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

final class LinkCommandsTest extends AskingCannedServer {
    private static final String LINKS = "/api/v1/recovery-point-links";
    private static final String POINTS = "/api/v1/backup-vaults/prod/backup-instances/web/recovery-points";
    private static final String URL = "http://127.0.0.1:8080/api/v1/recovery-point-downloads/dv_secret";
    private static final String LINK =
            "{\"id\":\"l1\",\"format\":\"%s\",\"state\":\"Valid\",\"expiresAt\":\"soon\",\"url\":\"" + URL + "\"}";

    private String sent() {
        return server.asked().getLast().body();
    }

    @Test
    void printsTheAddressAndNothingElseWhereOthersRead() {
        server.on("POST " + POINTS + "/p1/links", 201, LINK.formatted("vhd"));
        Run run = program.run("point", "link", "create", "prod/web", "p1", "--format", "vhd", "--for", "2h");
        assertEquals(0, run.status(), run.err());
        assertEquals(URL + "\n", run.out());
        assertEquals("{\"format\":\"vhd\",\"validFor\":\"PT2H\"}", sent());
        assertTrue(run.err().contains("Link l1, valid until soon."), run.err());
        assertTrue(run.err().contains("curl -C - -o web.vhd ADDRESS"), run.err());
        assertFalse(run.err().contains("secret"), run.err());
    }

    @Test
    void linksToTheNewestPoint() {
        server.on("GET " + POINTS + "?limit=1", 200, "{\"items\":[{\"id\":\"p2\"}],\"nextCursor\":null}");
        server.on("POST " + POINTS + "/p2/links", 201, LINK.formatted("raw"));
        assertTrue(
                out("point", "link", "create", "prod/web", "latest", "--json").contains("\"id\":\"l1\""));
        assertEquals("{}", sent());
    }

    @Test
    void listsAndRevokes() {
        server.on(
                "GET " + LINKS + "?vault=prod&instance=web",
                200,
                "{\"items\":[{\"id\":\"l1\",\"state\":\"Expired\",\"lastUsedFrom\":\"10.0.0.1\"}],\"nextCursor\":null}");
        server.on("DELETE " + LINKS + "/l1", 204, "");
        String list = out("point", "link", "list", "--vault", "prod", "--instance", "web");
        assertTrue(list.contains("Expired") && list.contains("10.0.0.1"), list);
        assertEquals("Link l1 is worthless from now on.\n", out("point", "link", "revoke", "l1"));
    }

    @ParameterizedTest
    @CsvSource({"2h, PT2H", "1d, P1D", "PT30M, PT30M", "P1D, PT24H", "7D, P7D"})
    void timesAreSaidShortOrAsTheStandardWritesThem(String text, String iso) {
        assertEquals(iso, new TimeSpan.Converter().convert(text).iso());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2", "h", "0h", "2m", "soon"})
    void whatIsNoTimeIsWrongUsage(String text) {
        assertThrows(TypeConversionException.class, () -> new TimeSpan.Converter().convert(text));
    }
}
