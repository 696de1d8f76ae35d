package io.diskvault.app.openapi;

import java.util.Map;

/// What operations do, in one sentence each.
final class Summaries {
    /// Those that do not just make, show, list, change or delete what their path names.
    private static final Map<String, String> OTHERS = Map.ofEntries(
            Map.entry("alertAcknowledge", "Says that somebody sees to an alert."),
            Map.entry("alertClose", "Says that nothing is to be done about an alert any more."),
            Map.entry("approvalApprove", "Approves an approval request."),
            Map.entry("approvalCancel", "Cancels an approval request of one's own."),
            Map.entry("approvalDeny", "Denies an approval request, or takes its approval back."),
            Map.entry("auditEvents", "Gives the history of a period, one event a line, as JSON."),
            Map.entry("auditPublicKey", "Shows the key that checkpoints of the history are signed with."),
            Map.entry("auditVerify", "Checks that the history is as it was written."),
            Map.entry("jobCancel", "Cancels a backup job."),
            Map.entry("jobHistory", "Lists what happened to a backup job."),
            Map.entry("jobSummary", "Counts backup jobs by operation and status."),
            Map.entry("backupStart", "Starts a backup."),
            Map.entry("expiryPlanPlan", "Shows which recovery points expiry would remove, which would stay, and why."),
            Map.entry("gapGet", "Shows how long an instance was without a new recovery point."),
            Map.entry("gapList", "Shows how long each instance of a vault was without a new recovery point."),
            Map.entry("pointDiffDiff", "Lists where two recovery points differ."),
            Map.entry("pointFilesGet", "Downloads a file, or a folder, of a recovery point."),
            Map.entry("pointFilesList", "Lists a folder of a recovery point."),
            Map.entry("pointFilesVolumes", "Lists the partitions of a recovery point."),
            Map.entry("legalHoldSet", "Puts a recovery point on legal hold."),
            Map.entry("legalHoldRelease", "Releases a recovery point from legal hold."),
            Map.entry("pointLinkCreate", "Makes a link to a recovery point."),
            Map.entry("restoreTestStart", "Starts a restore test."),
            Map.entry("restoreStart", "Starts a restore."),
            Map.entry("restoreCheckValidate", "Says what stands against a restore."),
            Map.entry("instanceLifeStop", "Stops backups and expiry of an instance."),
            Map.entry("instanceLifeSuspend", "Stops backups of an instance; expiry goes on."),
            Map.entry("instanceLifeResume", "Lets backups and expiry of an instance go on."),
            Map.entry("deletedInstanceUndelete", "Takes the deletion of an instance back."),
            Map.entry("deletedInstancePurge", "Gives up the recovery points of a deleted instance."),
            Map.entry("vaultCheckReconcile", "Compares the history of a vault with its datastores."),
            Map.entry("vaultCheckValidate", "Says what stands against protecting a disk."),
            Map.entry("vaultGuardPut", "Puts a vault under a resource guard."),
            Map.entry("vaultGuardGet", "Shows the resource guard of a vault."),
            Map.entry("vaultGuardDelete", "Takes the resource guard off a vault."),
            Map.entry("instanceDelete", "Ends the protection of a disk."),
            Map.entry("exportEnd", "Ends an export."),
            Map.entry("exportKeep", "Makes a recovery point of what was written to an export."),
            Map.entry("instanceExportCreate", "Serves a recovery point as a disk at once (instant restore)."),
            Map.entry("openApiDocument", "Shows this description."),
            Map.entry("streamListen", "Tells of jobs, instances and alerts as it happens (server-sent events)."),
            Map.entry("instanceStorageGet", "Shows what an instance takes in its datastore."),
            Map.entry("overviewGet", "Shows protection, jobs, alerts and storage of all vaults."),
            Map.entry("forecastSaved", "Says which recovery points a policy will keep."),
            Map.entry("forecastProposed", "Says which recovery points a proposed policy would keep."),
            Map.entry("downloadDownload", "Downloads what a link leads to."),
            Map.entry("downloadLook", "Says what a link leads to, and how large it is."),
            Map.entry("linkRevoke", "Revokes a link to a recovery point."),
            Map.entry("roleAssignmentRevoke", "Takes a role assignment back."),
            Map.entry("roleAssignmentAssign", "Gives a role to a principal."),
            Map.entry("tokenIssue", "Issues an API token."),
            Map.entry("tokenRevoke", "Revokes an API token."),
            Map.entry("sessionSignIn", "Signs a browser in."),
            Map.entry("sessionShow", "Shows the session of the browser that asks."),
            Map.entry("sessionSignOut", "Signs out the browser that asks."),
            Map.entry("sessionsEnd", "Signs a browser out."),
            Map.entry("metricsMetrics", "Shows what is measured, in the text format of Prometheus."));

    private Summaries() {}

    static String of(Route route) {
        String own = OTHERS.get(route.id());
        if (own != null) {
            return own;
        }
        String noun = route.things().getLast().replace('-', ' ');
        String single = noun.endsWith("ies")
                ? noun.substring(0, noun.length() - 3) + "y"
                : noun.endsWith("s") ? noun.substring(0, noun.length() - 1) : noun;
        String one = ("aeiou".indexOf(single.charAt(0)) >= 0 ? "an " : "a ") + single;
        boolean isList = !route.isOfOne() && !noun.equals(single);
        return switch (route.verb()) {
            case "get" -> isList ? "Lists " + noun + "." : "Shows " + (route.isOfOne() ? one : "the " + noun) + ".";
            case "put" -> "Makes or changes " + (route.isOfOne() ? one : "the " + single) + ".";
            case "delete" -> "Deletes " + (route.isOfOne() ? one : "the " + single) + ".";
            default -> throw new AssertionError("say in Summaries what " + route.id() + " does");
        };
    }
}
