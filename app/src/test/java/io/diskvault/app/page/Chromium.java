package io.diskvault.app.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import io.diskvault.app.testing.RealDisk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/// The Chromium that this machine has, and what its pages complained about.
final class Chromium implements AutoCloseable {
    /// Where the pictures go; CI keeps them.
    private static final Path PICTURES = Path.of("target", "screenshots");

    private static final int PATIENCE_MILLIS = 30_000;

    private final Playwright playwright;
    private final Browser browser;
    private final String axe;
    private final List<String> complaints = new ArrayList<>();

    private Chromium(Path executable) throws IOException {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new LaunchOptions()
                        .setExecutablePath(executable)
                        .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage")));
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        axe = resource("META-INF/resources/webjars/axe-core/" + axeVersion() + "/axe.min.js");
    }

    /// Skips the test where there is none; in CI that is a failure.
    static Chromium start() throws IOException {
        Optional<Path> executable = Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(name -> RealDisk.tool(name).stream())
                .findFirst();
        String missing = "Chromium is missing: install chromium";
        if (System.getenv("CI") == null) {
            assumeTrue(executable.isPresent(), missing);
        }
        assertTrue(executable.isPresent(), missing);
        return new Chromium(executable.get());
    }

    private static String axeVersion() throws IOException {
        Properties packaged = new Properties();
        try (InputStream in = opened("META-INF/maven/org.webjars.npm/axe-core/pom.properties")) {
            packaged.load(in);
        }
        return packaged.getProperty("version");
    }

    private static String resource(String path) throws IOException {
        try (InputStream in = opened(path)) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    private static InputStream opened(String path) throws IOException {
        InputStream in = Chromium.class.getClassLoader().getResourceAsStream(path);
        if (in == null) throw new IOException("there is no " + path);
        return in;
    }

    /// A window of somebody who was never here. It refuses to talk to anybody but the server.
    BrowserContext window(String server, ColorScheme colours, int width, int height) {
        BrowserContext context = browser.newContext(
                new NewContextOptions().setColorScheme(colours).setViewportSize(width, height));
        context.setDefaultTimeout(PATIENCE_MILLIS);
        context.onRequest(request -> {
            if (!request.url().startsWith(server) && !request.url().startsWith("blob:")) {
                complaints.add("asked somebody else: " + request.url());
            }
        });
        context.onWebError(error -> complaints.add(error.error()));
        context.onConsoleMessage(message -> {
            // The browser reports every refusal as an error; what comes of it is shown on the page.
            if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
                complaints.add(message.text());
            }
        });
        return context;
    }

    /// Errors of scripts, what the content security policy refused, and requests to elsewhere.
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    /// What axe finds wrong with the page as it is now.
    List<?> barriers(Page page) {
        return barriers(page, "{}");
    }

    /// The same, of colours alone.
    List<?> paleText(Page page) {
        return barriers(page, "{runOnly: ['color-contrast']}");
    }

    private List<?> barriers(Page page, String options) {
        if (!(Boolean) page.evaluate("'axe' in window")) {
            page.evaluate(axe);
        }
        return (List<?>) page.evaluate("""
                async () => (await axe.run(document, {resultTypes: ["violations"], ...%s})).violations
                    .map(found => found.id + ": " + found.help + " at " + found.nodes.map(node => node.target).join(", "))
                """.formatted(options));
    }

    static void picture(Page page, String name) {
        page.screenshot(
                new ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")).setFullPage(true));
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
