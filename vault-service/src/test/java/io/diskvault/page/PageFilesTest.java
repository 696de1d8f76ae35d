package io.diskvault.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageFilesTest {
    private static final Pattern REFERENCE =
            Pattern.compile("(?:from|import|src=|href=) ?\"([a-z][a-z0-9./-]*|\\.[a-z0-9./-]+)\"");

    private final PageFiles files = new PageFiles();

    @Test
    void everyFileThatThePageNeedsIsThere() {
        Set<String> found = reachable();

        assertTrue(found.contains("page/pages/overview.js"), found.toString());
        assertTrue(found.contains("page/lib/lit-html/lit-html.js"), found.toString());
        assertTrue(found.contains("page/lib/chart.js/chart.umd.min.js"), found.toString());
        assertTrue(found.contains("page/style.css"), found.toString());
    }

    /// Follows addresses as a browser does, from the first page on.
    private Set<String> reachable() {
        Set<String> seen = new TreeSet<>(Set.of("index.html"));
        Deque<String> left = new ArrayDeque<>(seen);
        while (!left.isEmpty()) {
            String path = left.remove();
            Matcher reference = REFERENCE.matcher(text(path));
            // Libraries are one text each, in which anything may look like an address.
            while (!path.endsWith(".min.js") && reference.find()) {
                String address = reference.group(1);
                String next = address.startsWith("page/")
                        ? address
                        : URI.create("/" + path).resolve(address).getPath().substring(1);
                if (seen.add(next)) {
                    left.add(next);
                }
            }
        }
        return seen;
    }

    private String text(String address) {
        return new String(
                files.find(address.startsWith("page/") ? address.substring("page/".length()) : address)
                        .orElseThrow(() -> new AssertionError("there is no " + address))
                        .content(),
                UTF_8);
    }

    @Test
    void asksNobodyElseForAnything() {
        for (String path : reachable()) {
            if (!path.startsWith("page/lib/")) {
                String outside = text(path).replace("http://www.w3.org/2000/svg", "");
                assertFalse(outside.contains("http://") || outside.contains("https://"), path);
            }
        }
    }

    @Test
    void hasNothingInlineThatItsContentSecurityPolicyWouldForbid() {
        for (String path : reachable()) {
            if (!path.startsWith("page/lib/")) {
                assertFalse(
                        Pattern.compile("<style|[ \"]style=|<script>| on[a-z]+=\"")
                                .matcher(text(path))
                                .find(),
                        path);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../application.yml",
                "lib/../../application.yml",
                "/page/index.html",
                "db/migration/V1__event_store.sql",
                "nothing.js",
                "index.html/",
                "lib",
                "",
                "lib/lit-html/LICENSE",
                "%2e%2e/application.yml",
                "..\\application.yml"
            })
    void givesNothingElseAway(String path) {
        assertTrue(files.find(path).isEmpty(), path);
    }

    @Test
    void tagsAFileByItsContent() {
        PageFile once = files.find("app.js").orElseThrow();

        assertSame(once, files.find("app.js").orElseThrow());
        assertEquals(
                once.entityTag(), new PageFiles().find("app.js").orElseThrow().entityTag());
        assertNotEquals(once.entityTag(), files.find("api.js").orElseThrow().entityTag());
        assertEquals("text/javascript", once.type().getName());
    }
}
