package io.diskvault.app.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.diskvault.app.testing.Deadline;
import io.diskvault.app.testing.Rest;
import io.diskvault.app.testing.ServerProgram;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What operators do, as they do it: in a browser. One server and one browser for all of it.
final class BrowserTest {
    private static final int MIB = 1 << 20;
    private static final int BLOCK = 64 << 10;

    /// Takes long enough for its bar to be seen moving.
    private static final int LARGE = 512 * MIB;

    private static final List<String> PLACES = List.of(
            "",
            "instances",
            "instances/prod/web-1",
            "instances/prod/mail",
            "instances?state=SoftDeleted",
            "jobs",
            "alerts",
            "policies",
            "policies/prod/gold",
            "policies/prod/+new",
            "disks",
            "nowhere");

    @TempDir
    private static Path directory;

    private static Path disks;
    private static Chromium chromium;
    private static ServerProgram server;
    private static Rest rest;

    @BeforeAll
    static void start() throws IOException {
        chromium = Chromium.start();
        disks = Files.createDirectory(directory.resolve("disks"));
        server = ServerProgram.start(
                directory, "serve", "--data", directory.resolve("data").toString(), "--allow", directory.toString());
        server.ready();
        rest = server.rest();
        rest.put("/resource-groups/vm-disks", "{\"disksRoot\":\"" + disks + "\"}");
        rest.put("/resource-groups/snapshots", "{\"datastore\":\"" + directory.resolve("store") + "\"}");
        rest.put("/backup-vaults/prod", "{}");
        rest.put("/backup-vaults/prod/backup-policies/gold", """
                {"schedule":{"repeatingTimeIntervals":["R/2026-11-01T00:00:00+00:00/PT4H"],"timeZone":"Europe/Amsterdam"},
                 "retention":[{"tag":"Default","duration":"P7D"},{"tag":"Daily","duration":"P30D"},{"tag":"Weekly","duration":"P12W"}]}""");
        rest.put("/backup-vaults/prod/backup-policies/silver", """
                {"schedule":{"repeatingTimeIntervals":["R/2026-11-01T00:00:00+00:00/P1D"]},"retention":[{"tag":"Default","duration":"P30D"}]}""");
        for (String name : List.of("web-1", "mail", "archive", "scratch")) {
            protect(name);
        }
        for (String name : List.of("web-1", "mail")) {
            rest.completed("/backup-vaults/prod/backup-instances/" + name + "/backups", "{}");
        }
    }

    private static void protect(String name) throws IOException {
        makeDisk(name, 8 * MIB);
        rest.put("/resource-groups/vm-disks/disks/" + name, "{\"source\":\"file:" + name + ".img\"}");
        rest.put("/backup-vaults/prod/backup-instances/" + name, """
                {"disk":"vm-disks/%s","policy":"gold","snapshotResourceGroup":"snapshots","grantMissing":true}""".formatted(name));
    }

    @AfterAll
    static void stop() {
        if (server != null) server.close();
        if (chromium != null) chromium.close();
    }

    @AfterEach
    void nothingWentWrongUnseen() {
        assertEquals(List.of(), chromium.complaints());
    }

    /// Of blocks that are all different, and no smaller when they are compressed.
    private static void makeDisk(String name, int sizeBytes) throws IOException {
        ByteBuffer part = ByteBuffer.allocate(MIB);
        new Random(sizeBytes).nextBytes(part.array());
        try (OutputStream out = Files.newOutputStream(disks.resolve(name + ".img"))) {
            for (int done = 0; done < sizeBytes; done += MIB) {
                for (int block = 0; block < MIB; block += BLOCK) {
                    part.putInt(block, done + block);
                }
                out.write(part.array());
            }
        }
    }

    private static void signIn(Page page) {
        page.navigate(server.address() + "/");
        page.getByLabel("API token").fill(ServerProgram.TOKEN);
        page.keyboard().press("Enter");
        assertThat(heading(page, "Overview")).isVisible();
    }

    private static Page desk() {
        Page page =
                chromium.window(server.address(), ColorScheme.LIGHT, 1360, 900).newPage();
        signIn(page);
        return page;
    }

    private static void go(Page page, String place) {
        page.navigate(server.address() + "/#/" + place);
        assertThat(page.locator("h1")).isVisible();
        assertThat(page.locator(".waiting")).hasCount(0);
    }

    private static Locator heading(Page page, String name) {
        return page.getByRole(
                AriaRole.HEADING, new GetByRoleOptions().setName(name).setLevel(1));
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator.GetByRoleOptions named(String name) {
        return new Locator.GetByRoleOptions().setName(name).setExact(true);
    }

    @Test
    void signsInWithATokenAndOutAgain() {
        try (BrowserContext context = chromium.window(server.address(), ColorScheme.LIGHT, 1360, 900)) {
            Page page = context.newPage();
            page.navigate(server.address() + "/#/jobs");
            assertEquals(List.of(), chromium.barriers(page));
            Chromium.picture(page, "sign-in");
            page.getByLabel("API token").fill("not-a-token");
            button(page, "Sign in").click();
            assertThat(page.getByRole(AriaRole.ALERT)).containsText("This token is not valid");

            page.getByLabel("API token").fill(ServerProgram.TOKEN);
            button(page, "Sign in").click();
            assertThat(heading(page, "Jobs")).isVisible();
            page.reload();
            assertThat(heading(page, "Jobs")).isVisible();
            assertEquals("", page.evaluate("document.cookie"), "no script can read the session");

            button(page, "Sign out").click();
            assertThat(page.getByLabel("API token")).isVisible();
            page.reload();
            assertThat(page.getByLabel("API token")).isVisible();
        }
    }

    @Test
    void protectsADiskAndShowsItsBackupAsItRuns() throws IOException {
        makeDisk("large", LARGE);
        Page page = desk();
        Page overview = page.context().newPage();
        go(overview, "");
        watchBars(overview);
        go(page, "disks");
        button(page, "Protect a disk").click();
        page.getByLabel("A new one").check();
        page.getByLabel("Image or device").fill("large.img");
        assertThat(page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)))
                .hasValue("large");
        assertEquals(List.of(), chromium.barriers(page), "the dialogue");
        Chromium.picture(page, "protect");
        button(page, "Next").click();
        button(page, "Next").click();
        assertThat(page.locator("dialog")).containsText("Nothing stands against it.");
        List<String> asked = new ArrayList<>();
        page.onRequest(request -> asked.add(request.url()));
        button(page, "Protect the disk").click();

        assertThat(heading(page, "large")).isVisible();
        watchBars(page);
        Deadline.within(
                Duration.ofMinutes(1),
                "the bar moves",
                () -> Optional.of(page.evaluate("seen.size")).filter(seen -> (Integer) seen >= 2));
        Chromium.picture(page, "backup-running");
        Chromium.picture(overview, "overview-running");
        assertThat(page.locator(".cards .badge").first()).hasText("Completed");
        assertThat(page.locator("button.day")).hasCount(1);
        assertThat(overview.getByRole(AriaRole.PROGRESSBAR)).hasCount(0);
        assertTrue((Integer) overview.evaluate("seen.size") > 0, "the overview shows what runs");
        // Once a minute a page looks by itself.
        assertTrue(
                asked.stream().filter(url -> url.contains("/backup-jobs?")).count() <= 2,
                "the list was loaded, and everything else was told: " + asked);
        page.context().close();
    }

    /// Writes down where progress bars stand from now on, however shortly they are there.
    private static void watchBars(Page page) {
        page.evaluate("""
                () => {
                    window.seen = new Set();
                    setInterval(() => document.querySelectorAll("progress").forEach(bar => seen.add(bar.value)), 20);
                }
                """);
    }

    @Test
    void restoresByTheKeyboardAlone() throws IOException {
        Page page = desk();
        go(page, "instances/prod/web-1");
        button(page, "Restore").focus();
        page.keyboard().press("Enter");
        assertThat(page.getByRole(AriaRole.DIALOG)).isVisible();
        assertThat(page.getByRole(AriaRole.DIALOG).getByRole(AriaRole.RADIO).first())
                .isChecked();
        assertEquals(List.of(), chromium.barriers(page), "the dialogue");
        Chromium.picture(page, "restore-point");
        tabTo(page, "Next");
        page.keyboard().press("Enter");
        tabTo(page, "Check");
        Chromium.picture(page, "restore-target");
        page.keyboard().press("Enter");
        assertThat(page.getByRole(AriaRole.DIALOG)).containsText("web-1-restored");
        tabTo(page, "Restore");
        Chromium.picture(page, "restore-confirm");
        page.keyboard().press("Enter");

        assertThat(heading(page, "Restore of web-1")).isVisible();
        assertThat(page.locator(".badge").first()).hasText("Completed");
        Locator log = page.locator(".timeline li");
        assertThat(log.first()).containsText("to the new disk vm-disks/web-1-restored was queued. by administrator");
        assertThat(log.last()).containsText("The job was completed.");
        Chromium.picture(page, "restore-job");
        assertEquals(
                -1L, Files.mismatch(disks.resolve("web-1.img"), disks.resolve("web-1-restored.img")), "another disk");

        go(page, "instances/prod/web-1");
        button(page, "Restore").focus();
        page.keyboard().press("Enter");
        assertThat(page.getByRole(AriaRole.DIALOG)).isVisible();
        page.keyboard().press("Escape");
        assertThat(page.getByRole(AriaRole.DIALOG)).hasCount(0);
        assertThat(button(page, "Restore")).isFocused();
        page.context().close();
    }

    /// Goes on from control to control until the one with that name has the focus, and can be used.
    private static void tabTo(Page page, String name) {
        Locator wanted = page.locator("dialog").getByRole(AriaRole.BUTTON, named(name));
        assertThat(wanted).isEnabled();
        for (int tabs = 0; tabs < 30; tabs++) {
            if ((Boolean) wanted.evaluate("element => element === document.activeElement")) return;
            page.keyboard().press("Tab");
        }
        throw new AssertionError("the keyboard does not get to " + name);
    }

    @Test
    void drawsWhatAPolicyWillKeepAndRefusesTooMuch() {
        Page page = desk();
        go(page, "policies/prod/gold");
        assertThat(page.locator(".day.has").first()).isVisible();
        assertThat(page.locator(".box")).containsText("The most at any time");
        page.getByLabel("Keep Default points for, number").fill("90");
        assertThat(page.locator(".box")).containsText("cannot be saved");
        Chromium.picture(page, "policy-refused");
        button(page, "Save the policy").click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("at most 180 are allowed");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("this would fit: Default");

        page.getByLabel("Keep Default points for, number").fill("10");
        assertThat(page.locator(".box")).not().containsText("cannot be saved");
        button(page, "Save the policy").click();
        assertThat(heading(page, "gold version 2")).isVisible();
        page.context().close();
    }

    @Test
    void tellsThatABackupFailedAndWhatToDo() throws IOException {
        Files.move(disks.resolve("mail.img"), disks.resolve("mail.away"));
        Page page = desk();
        go(page, "instances/prod/mail");
        button(page, "Back up now").click();
        button(page, "Back up").click();
        assertThat(page.locator(".cards .badge").first()).hasText("Failed");
        page.locator(".cards a").first().click();
        assertThat(heading(page, "Backup of mail")).isVisible();
        assertThat(page.locator(".box")).containsText("What to do:");
        Chromium.picture(page, "failed-job");

        go(page, "alerts");
        Locator alert = page.locator("li.card").filter(new Locator.FilterOptions().setHasText("Backup failed"));
        assertThat(alert).containsText("mail");
        alert.getByRole(AriaRole.BUTTON, named("Acknowledge")).click();
        assertThat(alert.locator(".badge").last()).hasText("Acknowledged");

        go(page, "");
        Locator first = page.locator("#main .card").first();
        assertThat(first.getByRole(AriaRole.HEADING)).hasText("Needs attention");
        assertThat(first.locator("li").first()).containsText("mail");
        assertThat(first.locator("li").first()).containsText("What to do:");
        Chromium.picture(page, "overview-problem");
        page.context().close();
    }

    @Test
    void assignsAPolicyDeletesAnInstanceAndHasItBack() {
        Page page = desk();
        go(page, "instances/prod/archive");
        choose(page, "Assign another policy");
        page.getByLabel("Policy", new Page.GetByLabelOptions().setExact(true)).selectOption("silver");
        button(page, "Assign the policy").click();
        assertThat(page.locator(".facts").first()).containsText("silver, version 1");

        choose(page, "Delete");
        assertThat(page.getByRole(AriaRole.DIALOG)).containsText("14 days");
        assertEquals(List.of(), chromium.barriers(page), "the dialogue");
        Chromium.picture(page, "delete");
        button(page, "Delete the instance").click();
        assertThat(page.locator(".facts").first()).containsText("Deleted");

        go(page, "instances");
        assertThat(page.locator("tbody tr").filter(withText("archive"))).hasCount(0);
        page.getByRole(
                        AriaRole.LINK,
                        new GetByRoleOptions().setName("1 instance").setExact(true))
                .click();
        Chromium.picture(page, "instances-deleted");
        button(page, "Undelete archive").click();
        assertThat(page.getByText("No instance matches")).isVisible();

        go(page, "instances/prod/archive");
        button(page, "Resume").click();
        button(page, "Resume the protection").click();
        assertThat(page.locator(".facts").first()).containsText("Protected");
        page.context().close();
    }

    private static void choose(Page page, String name) {
        page.getByText("More", new Page.GetByTextOptions().setExact(true)).click();
        button(page, name).click();
    }

    private static Locator.FilterOptions withText(String text) {
        return new Locator.FilterOptions().setHasText(text);
    }

    @Test
    void listsMoveByThemselves() throws IOException {
        Page page = desk();
        go(page, "instances");
        Locator row = page.locator("tbody tr").filter(withText("scratch"));
        assertThat(row).hasCount(1);
        rest.delete("/backup-vaults/prod/backup-instances/scratch");
        assertThat(row).hasCount(0);
        rest.delete("/backup-vaults/prod/deleted-backup-instances/scratch");
        protect("another");
        assertThat(page.locator("tbody tr").filter(withText("another"))).hasCount(1);
        page.context().close();
    }

    @Test
    void saysThatNothingIsToldAndLoadsAgainNowAndThen() {
        BrowserContext context = chromium.window(server.address(), ColorScheme.LIGHT, 1360, 900);
        context.route(
                "**/api/v1/stream",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setStatus(429)
                        .setContentType("application/problem+json")
                        .setBody("{\"detail\":\"200 listen already.\",\"recommendedAction\":\"Close some pages.\"}")));
        Page page = context.newPage();
        page.clock().install();
        signIn(page);
        assertThat(page.locator("#main .box")).containsText("200 listen already. Close some pages.");
        assertEquals(List.of(), chromium.barriers(page));
        Chromium.picture(page, "not-live");
        page.waitForRequest("**/api/v1/overview", () -> page.clock().fastForward(16_000));
        context.unroute("**/api/v1/stream");
        Deadline.within(Duration.ofMinutes(1), "the page is live again", () -> {
            page.clock().fastForward(16_000);
            return Optional.of(page.locator(".connection").innerText()).filter("Live"::equals);
        });
        assertThat(page.locator("#main .box")).hasCount(0);
        context.close();
    }

    @Test
    void putsNoBarrierBeforeAnybodyAndFitsOnAPhone() {
        Page page = desk();
        for (String place : PLACES) {
            go(page, place);
            assertEquals(List.of(), chromium.barriers(page), place);
            Chromium.picture(page, pictureOf(place, "light"));

            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
            assertEquals(List.of(), chromium.paleText(page), place + " in the dark");
            Chromium.picture(page, pictureOf(place, "dark"));

            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
            page.setViewportSize(360, 740);
            assertEquals(List.of(), chromium.barriers(page), place + " on a phone");
            assertEquals(
                    0,
                    page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"),
                    place + " is wider than a phone");
            Chromium.picture(page, pictureOf(place, "phone"));
            page.setViewportSize(1360, 900);
        }
        page.context().close();
    }

    private static String pictureOf(String place, String how) {
        return (place.isEmpty() ? "overview" : place.replaceAll("[^A-Za-z0-9]+", "-")) + "-" + how;
    }
}
