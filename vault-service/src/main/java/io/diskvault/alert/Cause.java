package io.diskvault.alert;

import java.util.Optional;

/// What an alert is about.
///
/// @param subject tells it from other causes of the kind
/// @param vault whose readers may know of it; empty for what concerns the server
/// @param message names the thing and says what is wrong
/// @param recommendedAction what to do about it
/// @param job the job that showed it
public record Cause(
        AlertKind kind,
        Severity severity,
        String subject,
        Optional<String> vault,
        Optional<String> instance,
        Optional<String> resourceGroup,
        String message,
        String recommendedAction,
        Optional<String> job) {
    /// A cause that concerns the server.
    public static Cause of(AlertKind kind, String subject, String message, String recommendedAction) {
        return new Cause(
                kind,
                kind.severity(),
                subject,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                message,
                recommendedAction,
                Optional.empty());
    }

    /// A cause that concerns a backup instance.
    public static Cause ofInstance(
            AlertKind kind, String vault, String instance, String message, String recommendedAction) {
        return of(kind, vault + "/" + instance, message, recommendedAction).in(vault, Optional.of(instance));
    }

    /// The same, in a vault.
    public Cause in(String inVault, Optional<String> ofInstance) {
        return new Cause(
                kind,
                severity,
                subject,
                Optional.of(inVault),
                ofInstance,
                resourceGroup,
                message,
                recommendedAction,
                job);
    }

    /// The same, about one thing among several.
    public Cause about(String what) {
        return new Cause(kind, severity, what, vault, instance, resourceGroup, message, recommendedAction, job);
    }

    /// The same, in a resource group.
    public Cause inGroup(String group) {
        return new Cause(kind, severity, subject, vault, instance, Optional.of(group), message, recommendedAction, job);
    }

    /// The same, shown by a job.
    public Cause shownBy(String byJob) {
        return new Cause(
                kind,
                severity,
                subject,
                vault,
                instance,
                resourceGroup,
                message,
                recommendedAction,
                Optional.of(byJob));
    }

    /// The same, worse or less bad than usual.
    public Cause as(Severity unusual) {
        return new Cause(kind, unusual, subject, vault, instance, resourceGroup, message, recommendedAction, job);
    }

    public AlertId alert() {
        return AlertId.of(kind, subject);
    }
}
