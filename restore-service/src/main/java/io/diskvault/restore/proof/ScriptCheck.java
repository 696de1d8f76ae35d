package io.diskvault.restore.proof;

import io.diskvault.command.CommandRejected;
import io.diskvault.job.JobOrder.RestoreTestOrder;
import io.diskvault.job.JobRun;
import io.diskvault.restoretest.CheckResult;
import io.diskvault.restoretest.CheckResult.Outcome;
import io.diskvault.restoretest.CheckScripts;
import io.diskvault.restoretest.TestTerms;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Runs a script of the server's administrator on a restored copy, whose path is its one argument. Exit status 0 says
/// that the copy is as it should be.
@Singleton
class ScriptCheck {
    private final CheckScripts scripts;

    ScriptCheck(CheckScripts scripts) {
        this.scripts = scripts;
    }

    Optional<CheckResult> run(TestTerms terms, Path copy, JobRun run) throws IOException {
        return terms.script().isEmpty()
                ? Optional.empty()
                : Optional.of(run(terms.script().get(), terms, copy, run));
    }

    private CheckResult run(String name, TestTerms terms, Path copy, JobRun run) throws IOException {
        String check = "script " + name;
        Path script;
        try {
            script = scripts.require(name);
        } catch (CommandRejected refused) {
            return new CheckResult(check, Outcome.NOT_CHECKED, String.valueOf(refused.getMessage()), 0);
        }
        Map<String, String> environment = Map.of(
                "DISKVAULT_INSTANCE", run.order().vault() + "/" + run.order().instance(),
                "DISKVAULT_RECOVERY_POINT", ((RestoreTestOrder) run.order()).recoveryPoint(),
                "DISKVAULT_IMAGE", copy.toString());
        Tool.Ended ended;
        try {
            ended = Tool.run(
                    List.of(script.toString(), copy.toString()), environment, terms.checkTimeLimit(), run::cancelled);
        } catch (IOException notStarted) {
            return new CheckResult(check, Outcome.NOT_CHECKED, "It could not be started: " + notStarted, 0);
        }
        return Checks.result(check, ended, terms.checkTimeLimit(), status -> status == 0);
    }
}
