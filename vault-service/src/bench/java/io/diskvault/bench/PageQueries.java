package io.diskvault.bench;

import io.diskvault.web.Cursor;
import java.time.Duration;
import java.time.Instant;

/// What the pages ask. "Deep" is after nine tenths of a list, and compared with the same list's first page.
final class PageQueries {
    private final StringBuilder all = new StringBuilder();

    private PageQueries() {}

    /// Lines of a name, a tab and a path.
    static String lines(int instances, Instant end) {
        PageQueries queries = new PageQueries();
        queries.overall(instances, end);
        queries.jobs(deepJobs(end), end);
        queries.ofAnInstance(deepJobs(end), end);
        return queries.all.toString();
    }

    private static String deepJobs(Instant end) {
        return "cursor=" + new Cursor(EventFill.at(end, EventFill.JOBS / 10), "8").text();
    }

    private void overall(int instances, Instant end) {
        Instant tenth = EventFill.begin(end).plusMillis(instances / 10);
        String deep = "cursor=" + new Cursor(tenth, "z").text();
        String vault = EventFill.vault(7);
        add("overview", "/api/v1/overview");
        add("instances", "/api/v1/backup-instances");
        add("instances, deep", "/api/v1/backup-instances?" + deep);
        add("instances degraded", "/api/v1/backup-instances?health=Degraded");
        add("instances degraded, deep", "/api/v1/backup-instances?health=Degraded&" + deep);
        add("instances unhealthy (none)", "/api/v1/backup-instances?health=Unhealthy");
        add("instances of a vault, degraded", "/api/v1/backup-instances?health=Degraded&vault=" + vault);
        add("instances of a vault", "/api/v1/backup-vaults/" + vault + "/backup-instances");
        add("disks", "/api/v1/disks");
        add("disks, deep", "/api/v1/disks?" + deep);
        add("disks without protection (none)", "/api/v1/disks?protected=false");
        add("alerts", "/api/v1/alerts");
        add("alerts new", "/api/v1/alerts?state=New");
        add("alerts new of a vault", "/api/v1/alerts?state=New&vault=" + vault);
        add("alerts of a kind (none)", "/api/v1/alerts?kind=DamagedData");
        add("vaults", "/api/v1/backup-vaults");
        add("policies of a vault", "/api/v1/backup-vaults/" + vault + "/backup-policies");
    }

    private void jobs(String deep, Instant end) {
        String list = "/api/v1/backup-jobs?";
        String vault = "vault=" + EventFill.vault(7);
        String instance = vault + "&instance=" + EventFill.name(7);
        String day = "from=%s&to=%s"
                .formatted(EventFill.at(end, 20), EventFill.at(end, 20).plus(Duration.ofDays(1)));
        pair("jobs", list, deep);
        pair("jobs failed", list + "status=Failed&", deep);
        pair("jobs of a vault", list + vault + "&", deep);
        pair("jobs failed of a vault", list + "status=Failed&" + vault + "&", deep);
        pair("jobs of an instance", list + instance + "&", deep);
        pair("restores", list + "operation=Restore&", deep);
        add("restores cancelled (none)", list + "status=Cancelled&operation=Restore");
        add("restore tests of a vault (none)", list + "operation=RestoreTest&" + vault);
        add("jobs running (none)", list + "status=InProgress");
        add("jobs of a day", list + day);
        add("jobs failed of a day", list + "status=Failed&" + day);
        String summary = "/api/v1/backup-jobs/summary?";
        add("summary of 7 days", summary);
        add("summary of 30 days", summary + "days=30");
        add("summary of a vault", summary + vault);
        add("summary of an instance", summary + instance);
    }

    private void ofAnInstance(String deep, Instant end) {
        String instance =
                "/api/v1/backup-vaults/%s/backup-instances/%s".formatted(EventFill.vault(7), EventFill.name(7));
        Instant newest = EventFill.at(end, EventFill.JOBS - 1);
        add("instance", instance);
        pair("its recovery points", instance + "/recovery-points?", deep);
        add("its recovery points of a week", instance + "/recovery-points?from=" + newest.minus(Duration.ofDays(7)));
        add("its slots", instance + "/slots");
        add("its slots that failed", instance + "/slots?state=Failed");
        add("its gaps", instance + "/recovery-point-gaps");
    }

    private void pair(String name, String list, String deep) {
        add(name, list + "limit=50");
        add(name + ", deep", list + deep);
    }

    private void add(String name, String path) {
        all.append(name).append('\t').append(path).append('\n');
    }
}
