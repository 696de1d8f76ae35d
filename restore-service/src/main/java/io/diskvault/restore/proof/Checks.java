package io.diskvault.restore.proof;

import io.diskvault.restoretest.CheckResult;
import io.diskvault.restoretest.CheckResult.Outcome;
import io.diskvault.web.ColumnText;
import java.time.Duration;
import java.util.function.IntPredicate;

/// What is made of a program's end.
final class Checks {
    private Checks() {}

    /// @param passed which exit statuses say that all is well
    static CheckResult result(String check, Tool.Ended ended, Duration timeLimit, IntPredicate passed) {
        if (ended.status().isEmpty()) {
            return of(check, Outcome.FAILED, "It had not ended after %s and was killed.".formatted(timeLimit), ended);
        }
        int status = ended.status().get();
        return passed.test(status)
                ? of(check, Outcome.PASSED, "Exit status %d.".formatted(status), ended)
                : of(check, Outcome.FAILED, "Exit status %d.".formatted(status), ended);
    }

    static CheckResult of(String check, Outcome outcome, String said, Tool.Ended ended) {
        String detail = ended.output().isEmpty() ? said : said + "\n" + ended.output();
        return new CheckResult(check, outcome, ColumnText.of(detail, CheckResult.DETAIL_MAX), ended.millis());
    }
}
