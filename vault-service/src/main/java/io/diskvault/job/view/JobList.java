package io.diskvault.job.view;

import io.diskvault.job.JobStatus;
import io.diskvault.job.Operation;
import io.diskvault.web.Cursor;
import io.diskvault.web.Select;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/// Jobs, newest first. However many there are and whatever is asked for, an index has the page in one piece, or as many
/// pieces as there are operations and statuses, which are put together.
@Singleton
public class JobList {
    /// Of so many vaults each is asked for its own jobs; a caller who may see more finds enough among all jobs.
    private static final int VAULTS_MAX = 4;

    private static final String NEWEST_FIRST = "queued_time DESC, id DESC";

    private final Select.Runner database;

    JobList(Select.Runner database) {
        this.database = database;
    }

    /// Those after the given place, at most so many.
    public List<JobRow> page(JobQuery asked, Cursor place, int count) {
        return database.rows(select(asked, place, count), JobRow.class);
    }

    static Select select(JobQuery asked, Cursor place, int count) {
        if (asked.instance().isPresent()) {
            return some(asked, place)
                    .equal("instance", asked.instance().get())
                    .equal("vault", asked.vault().orElse(null))
                    .equal("operation", asked.operation().map(Operation::text).orElse(null))
                    .equal("status", asked.status().map(JobStatus::text).orElse(null))
                    .ordered((asked.vault().isPresent() ? "instance, vault, " : "") + NEWEST_FIRST, count);
        }
        List<String> vaults = vaults(asked);
        if (vaults.isEmpty() && asked.operation().isEmpty() && asked.status().isEmpty()) {
            return some(asked, place).ordered(NEWEST_FIRST, count);
        }
        List<Select> pieces = new ArrayList<>();
        for (Operation operation : asked.operation().map(List::of).orElse(List.of(Operation.values()))) {
            for (JobStatus status : asked.status().map(List::of).orElse(List.of(JobStatus.values()))) {
                if (vaults.isEmpty()) {
                    pieces.add(piece(asked, operation, status, place)
                            .ordered("status, operation, " + NEWEST_FIRST, count));
                }
                for (String vault : vaults) {
                    pieces.add(piece(asked, operation, status, place)
                            .equal("vault", vault)
                            .ordered("vault, operation, status, " + NEWEST_FIRST, count));
                }
            }
        }
        return pieces.size() == 1 ? pieces.getFirst() : Select.union(pieces, NEWEST_FIRST, count);
    }

    /// The vaults that are asked one by one; empty for all of them at once.
    private static List<String> vaults(JobQuery asked) {
        List<String> reached = asked.reach().vaults();
        return asked.vault()
                .map(List::of)
                .orElseGet(() -> asked.reach().everywhere() || reached.size() > VAULTS_MAX ? List.of() : reached);
    }

    private static Select piece(JobQuery asked, Operation operation, JobStatus status, Cursor place) {
        return some(asked, place).equal("operation", operation.text()).equal("status", status.text());
    }

    /// Those of the period that the caller may see.
    private static Select some(JobQuery asked, Cursor place) {
        Select some = Select.from("job")
                .after(place.until(asked.to()), "queued_time", "id")
                .where("queued_time >= ?", asked.from());
        return asked.reach().everywhere()
                ? some
                : some.in("vault", asked.reach().vaults());
    }
}
