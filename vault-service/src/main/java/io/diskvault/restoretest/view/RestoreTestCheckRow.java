package io.diskvault.restoretest.view;

import io.diskvault.restoretest.CheckResult;
import io.diskvault.web.ColumnText;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;

/// What one check of a restore test found.
///
/// @param id job and place
@MappedEntity("restore_test_check")
public record RestoreTestCheckRow(
        @Id String id, String jobId, int place, String subject, String outcome, String detail, long millis) {
    private static final int SUBJECT_MAX = 200;

    static RestoreTestCheckRow of(String job, int place, CheckResult check) {
        return new RestoreTestCheckRow(
                job + "/" + place,
                job,
                place,
                ColumnText.of(check.check(), SUBJECT_MAX),
                check.outcome().text(),
                ColumnText.of(check.detail(), CheckResult.DETAIL_MAX),
                check.millis());
    }

    CheckResult result() {
        return new CheckResult(subject, CheckResult.Outcome.of(outcome), detail, millis);
    }
}
