package io.diskvault.job.view;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// How many jobs of a vault that were queued in an hour or on a day (in UTC) ended at one status.
///
/// @param during `2026-11-21 07` or `2026-11-21`
@MappedEntity("job_count")
public record JobCountRow(
        @Id String id, String span, String during, String vault, String operation, String status, long jobs) {
    /// How long the time is that is counted together.
    public enum Span {
        HOUR("Hour", "uuuu-MM-dd HH"),
        DAY("Day", "uuuu-MM-dd");

        private final String text;
        private final DateTimeFormatter form;

        Span(String text, String form) {
            this.text = text;
            this.form = DateTimeFormatter.ofPattern(form, Locale.ROOT);
        }

        /// The one that an instant belongs to.
        public String around(Instant instant) {
            return form.format(instant.atOffset(ZoneOffset.UTC));
        }
    }

    /// Where a job that has ended is counted, with a count of none.
    static JobCountRow of(Span span, JobRow job) {
        String during = span.around(job.queuedTime());
        return new JobCountRow(
                String.join(" ", job.vault(), during, job.operation(), job.status()),
                span.text,
                during,
                job.vault(),
                job.operation(),
                job.status(),
                0);
    }

    JobCountRow plusOne() {
        return new JobCountRow(id, span, during, vault, operation, status, jobs + 1);
    }
}
