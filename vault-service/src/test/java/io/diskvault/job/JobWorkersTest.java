package io.diskvault.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.diskvault.command.CommandRejected;
import io.diskvault.command.Commands;
import io.diskvault.job.JobCommand.CompleteJob;
import io.diskvault.job.JobCommand.FailJob;
import io.diskvault.job.JobCommand.QueueJob;
import io.diskvault.job.JobCommand.StartJob;
import io.diskvault.job.JobEvent.JobRequeued;
import io.diskvault.job.JobOrder.BackupOrder;
import io.diskvault.job.JobOrder.RestoreOrder;
import io.diskvault.job.view.JobLeases;
import io.diskvault.job.view.JobRow;
import io.diskvault.job.view.JobRows;
import io.diskvault.testing.Protected;
import io.diskvault.testing.ScriptedRestores;
import io.diskvault.testing.TestDatabase;
import io.diskvault.testing.TestServer;
import io.diskvault.testing.TestServer.Answer;
import io.diskvault.web.Cursor;
import io.diskvault.web.Views;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // the fields are set before the first test
class JobWorkersTest {
    private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    static Path directory;

    @Parameter
    TestDatabase database;

    Map<String, Object> settings;
    TestServer server;

    @BeforeParameterizedClassInvocation
    void start() {
        settings = new HashMap<>(database.fresh(directory.resolve(database.name())));
        settings.put(ScriptedRestores.SETTING, true);
        settings.put("diskvault.jobs.workers", 1);
        server = TestServer.start(settings);
    }

    @AfterParameterizedClassInvocation
    void stop() {
        server.close();
    }

    private static String path(JobId job) {
        return "/api/v1/backup-jobs/" + job.text();
    }

    private void send(Object command) {
        server.part(Commands.class).send(command);
        server.part(Views.class).catchUp();
    }

    private Instant now() {
        return server.part(Clock.class).instant();
    }

    private void queue(JobId job) {
        queue(job, Optional.empty());
    }

    private void queue(JobId job, Optional<JobRetries> retries) {
        RestoreOrder order =
                new RestoreOrder("prod", "web-1", "point", "vm-disks", "restored", "restored.img", false, "raw");
        send(new QueueJob(job, order, Optional.of("/backup"), retries, now()));
        server.part(JobWorkers.class).wake();
    }

    private JobId queued(ScriptedRestores.Script script) {
        JobId job = JobId.random(Instant.EPOCH);
        ScriptedRestores.script(job, script);
        queue(job);
        return job;
    }

    /// A job that a process of another name has, whose lease is fresh.
    private JobId heldByAnother() {
        JobId job = JobId.random(Instant.EPOCH);
        assertEquals(1, server.part(JobLeases.class).take(job.text(), "another", now(), "/backup"));
        queue(job);
        send(new StartJob(job, "another", now()));
        return job;
    }

    private JsonNode job(JobId job) {
        return server.get(path(job)).body();
    }

    private JsonNode ended(JobId job) {
        return Protected.await(server, path(job));
    }

    private JsonNode awaitJob(JobId job, Predicate<JsonNode> condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        JsonNode seen = job(job);
        while (!condition.test(seen)) {
            assertTrue(System.nanoTime() < deadline, "waited in vain: " + seen);
            LockSupport.parkNanos(2_000_000);
            seen = job(job);
        }
        return seen;
    }

    private JsonNode awaitStatus(JobId job, String status) {
        return awaitJob(job, seen -> seen.path("status").asText().equals(status));
    }

    private List<RequeueReason> requeued(JobId job) {
        return server.part(EventStore.class)
                .readEvents(job.toString())
                .asStream()
                .map(event -> event.getPayload())
                .filter(JobRequeued.class::isInstance)
                .map(event -> ((JobRequeued) event).reason())
                .toList();
    }

    @Test
    void aJobRunsAndTellsHowFarItIs() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        JobId job = queued(run -> {
            run.report(25, 100);
            await(goOn);
            return ScriptedRestores.done();
        });
        // Progress is read from the lease, which may be ahead of the projection.
        JsonNode running = awaitJob(
                job,
                seen -> seen.path("progress").path("doneBytes").asLong() == 25
                        && seen.path("status").asText().equals("InProgress"));
        assertEquals(100, running.get("progress").get("totalBytes").asLong());
        assertEquals(25.0, running.get("progress").get("percent").asDouble());
        assertTrue(running.get("endTime").isNull());
        goOn.countDown();
        JsonNode ended = ended(job);
        assertEquals("Completed", ended.get("status").asText());
        assertEquals(1, ended.get("attempt").asInt());
        assertEquals(100, ended.get("progress").get("doneBytes").asLong());
        assertEquals(100, ended.get("progress").get("totalBytes").asLong());
        assertEquals(List.of(), requeued(job));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    @Test
    void aJobWhoseLeaseLapsesIsRunAgainAndEndsOnce() {
        JobId job = heldByAnother();
        JobId behind = queued(run -> ScriptedRestores.done());
        ended(behind);
        assertEquals("InProgress", job(job).get("status").asText(), "its lease still holds");
        server.part(JobLeases.class).renew(job.text(), "another", LONG_AGO, 0, 0);
        JsonNode ended = ended(job);
        assertEquals("Completed", ended.get("status").asText());
        assertEquals(2, ended.get("attempt").asInt());
        assertEquals(List.of(RequeueReason.WORKER_LOST), requeued(job));
        CommandRejected refused = assertThrows(
                CommandRejected.class, () -> send(new CompleteJob(job, 1, Optional.of("late"), List.of(), 0, now())));
        assertEquals(JobRejection.ATTEMPT_SUPERSEDED, refused.rejection());
        assertEquals("point", job(job).get("recoveryPoint").asText());
    }

    @Test
    void whatHappenedToAJobIsToldInWordsAndPages() {
        JobId job = heldByAnother();
        server.part(JobLeases.class).renew(job.text(), "another", LONG_AGO, 0, 0);
        ended(job);
        JsonNode all = server.get(path(job) + "/history").body();
        assertEquals(
                List.of(
                        "Completed: The job was completed.",
                        "Started: Attempt 2 was started.",
                        "Requeued: Attempt 1 was lost with its worker; the job is queued again.",
                        "Started: Attempt 1 was started.",
                        "Queued: A restore of the recovery point point to the new disk vm-disks/restored was queued."),
                said(all));
        assertEquals("system:worker", all.at("/items/0/principal").asText());
        assertTrue(all.get("nextCursor").isNull());

        List<String> paged = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = server.get(path(job) + "/history?limit=2" + cursor).body();
            paged.addAll(said(page));
            cursor = page.get("nextCursor").isNull()
                    ? ""
                    : "&cursor=" + page.get("nextCursor").asText();
        } while (!cursor.isEmpty());
        assertEquals(said(all), paged);
        String foreign = new Cursor(now(), "no number").text();
        assertEquals(422, server.get(path(job) + "/history?cursor=" + foreign).status());
        assertEquals(
                404, server.get(path(JobId.random(Instant.EPOCH)) + "/history").status());
    }

    private static List<String> said(JsonNode page) {
        return StreamSupport.stream(page.get("items").spliterator(), false)
                .map(entry -> entry.get("event").asText() + ": "
                        + entry.get("message").asText())
                .toList();
    }

    @Test
    void aWorkerThatLostItsLeaseStopsAndCancelsNothing() {
        JobId job = queued(run -> run.attempt() == 1 ? ScriptedRestores.untilStopped(run) : ScriptedRestores.done());
        awaitStatus(job, "InProgress");
        server.part(JobLeases.class).deleteById(job.text());
        JsonNode ended = ended(job);
        assertEquals("Completed", ended.get("status").asText(), ended.toString());
        assertEquals(2, ended.get("attempt").asInt());
    }

    @Test
    void aQueuedJobIsCancelledAtOnceAndARunningOneByItsWorker() {
        JobId running = queued(ScriptedRestores::untilStopped);
        awaitStatus(running, "InProgress");
        JobId queued = queued(run -> ScriptedRestores.done());
        Answer first = server.post(path(queued) + "/cancel", "{}");
        assertEquals(202, first.status());
        assertEquals("Cancelled", first.body().get("status").asText());
        Answer second = server.post(path(running) + "/cancel", "{}");
        assertEquals("Cancelling", second.body().get("status").asText());
        assertEquals("Cancelled", ended(running).get("status").asText());
        Answer again = server.post(path(running) + "/cancel", "{}");
        assertEquals(202, again.status());
        assertEquals("Cancelled", again.body().get("status").asText());
        assertTrue(job(queued).get("startTime").isNull());
    }

    @Test
    void aFailureSaysWhatAndWhy() {
        JobError error = new JobError("UserErrorSame", "the disk is there", "choose another name", false);
        JobId job = queued(run -> {
            throw new JobFailure(error);
        });
        JsonNode ended = ended(job);
        assertEquals("Failed", ended.get("status").asText());
        assertEquals(
                "{\"code\":\"UserErrorSame\",\"message\":\"the disk is there\","
                        + "\"recommendedAction\":\"choose another name\",\"retryable\":false}",
                ended.get("error").toString());
        assertEquals(409, server.post(path(job) + "/cancel", "{}").status());
    }

    @Test
    void aRefusedCommandFailsTheJobWithItsReason() {
        JobId job = queued(run -> {
            throw JobRejection.notFound("other");
        });
        JsonNode error = ended(job).get("error");
        assertEquals("UserErrorJobNotFound", error.get("code").asText());
        assertEquals("There is no job 'other'.", error.get("message").asText());
        assertEquals(1, job(job).get("attempt").asInt());
    }

    @Test
    void aFailedAttemptIsRepeatedAndItsErrorShownUntilThen() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        JobId job = JobId.random(Instant.EPOCH);
        ScriptedRestores.script(job, run -> {
            if (run.attempt() == 1) {
                throw new JobFailure(new JobError("Busy", "the datastore is busy", "wait", true));
            }
            await(goOn);
            return ScriptedRestores.done();
        });
        queue(job, Optional.of(new JobRetries(List.of(Duration.ofSeconds(1)), now().plusSeconds(3600))));
        JsonNode waiting = awaitJob(job, seen -> !seen.path("error").isNull());
        assertEquals("Queued", waiting.get("status").asText());
        assertEquals("Busy", waiting.get("error").get("code").asText());
        assertTrue(Instant.parse(waiting.get("notBefore").asText()).isAfter(LONG_AGO));
        JsonNode running = awaitStatus(job, "InProgress");
        assertEquals(2, running.get("attempt").asInt());
        assertTrue(running.get("error").isNull());
        goOn.countDown();
        assertEquals("Completed", ended(job).get("status").asText());
    }

    /// Nobody lives who could let them lapse.
    @Test
    void whatWasWrittenWhileTheClockWasAheadHoldsNothingUp() {
        Instant farAhead = now().plus(Duration.ofDays(5000));
        JobId job = heldByAnother();
        server.part(JobLeases.class).renew(job.text(), "another", farAhead, 0, 0);
        assertEquals(2, ended(job).get("attempt").asInt());
        JobId failed = JobId.random(Instant.EPOCH);
        assertEquals(1, server.part(JobLeases.class).take(failed.text(), "another", now(), null));
        queue(failed, Optional.of(new JobRetries(List.of(Duration.ofMinutes(1)), farAhead.plusSeconds(60))));
        send(new StartJob(failed, "another", farAhead));
        send(new FailJob(failed, 1, new JobError("Busy", "busy", "wait", true), farAhead));
        server.part(JobLeases.class).deleteById(failed.text());
        assertEquals(2, ended(failed).get("attempt").asInt());
    }

    /// The only worker is busy, so nobody claims the backup here.
    @Test
    void jobsThatNoRunnerHereCanDoAreLeftToOtherNodes() {
        JobId busy = queued(ScriptedRestores::untilStopped);
        awaitStatus(busy, "InProgress");
        JobId backup = JobId.random(Instant.EPOCH);
        BackupOrder order = new BackupOrder("prod", "absent", Optional.empty(), Optional.empty());
        send(new QueueJob(backup, order, Optional.empty(), Optional.empty(), now()));
        assertEquals(List.of(), claimable(List.of("Restore")));
        assertEquals(List.of(backup.text()), claimable(List.of("Restore", "Backup")));
        server.post(path(backup) + "/cancel", "{}");
        server.post(path(busy) + "/cancel", "{}");
        ended(busy);
    }

    @Test
    void aCrowdedDatastoreKeepsItsOwnJobsWaitingAndNoOthers() {
        Instant now = now();
        JobLeases leases = server.part(JobLeases.class);
        leases.deleteAll(); // another test's may be there until they lapse
        for (int other = 0; other < 4; other++) {
            assertEquals(1, leases.take("other-" + other, "another", now, "/backup"));
        }
        JobId crowded = queued(run -> ScriptedRestores.done());
        JobId elsewhere = JobId.random(Instant.EPOCH);
        send(new QueueJob(
                elsewhere,
                new RestoreOrder("prod", "web-1", "point", "vm-disks", "restored", "restored.img", false, "raw"),
                Optional.of("/elsewhere"),
                Optional.empty(),
                now()));
        ended(elsewhere);
        assertEquals("Queued", job(crowded).get("status").asText());
        leases.release("other-0", "another");
        ended(crowded);
        leases.renew("other-1", "another", now.minus(Duration.ofHours(1)), 0, 0);
        for (int other = 1; other < 4; other++) {
            leases.release("other-" + other, "another");
        }
    }

    private List<String> claimable(List<String> operations) {
        Instant now = now();
        return server
                .part(JobRows.class)
                .claimable(operations, now, now, now.minusSeconds(30), now.plusSeconds(30), 4, 10)
                .stream()
                .map(JobRow::id)
                .toList();
    }

    @Test
    void aBugFailsTheJobAndNotTheWorker() {
        JobId job = queued(run -> {
            throw new IllegalStateException("a bug");
        });
        JsonNode error = ended(job).get("error");
        assertEquals("InternalError", error.get("code").asText());
        assertTrue(error.get("message").asText().contains("a bug"));
        JobId next = queued(run -> ScriptedRestores.done());
        assertEquals("Completed", ended(next).get("status").asText());
    }

    @Test
    void textsThatAreTooLongAreCutAndHoldNothingUp() {
        String text = "x\0".repeat(9000);
        JobId failed = queued(run -> {
            throw new JobFailure(new JobError(text, text, text, true));
        });
        JsonNode error = ended(failed).get("error");
        assertEquals(4000, error.get("message").asText().length());
        assertTrue(error.get("message").asText().startsWith("x?x?"));
        assertTrue(error.get("message").asText().endsWith(" … (cut)"));
        assertTrue(error.get("recommendedAction").asText().endsWith(" … (cut)"));
        JobId warned = queued(run -> new JobRunner.Result(Optional.empty(), List.of(text, "another")));
        JsonNode ended = ended(warned);
        assertEquals("CompletedWithWarnings", ended.get("status").asText());
        assertTrue(ended.get("warnings").get(0).asText().endsWith(" … (cut)"));
    }

    @Test
    void aStoppingServerPutsItsJobsBackForTheNextStart() {
        JobId job = queued(run -> run.attempt() == 1 ? ScriptedRestores.untilStopped(run) : ScriptedRestores.done());
        JobId waiting = queued(run -> ScriptedRestores.done());
        awaitStatus(job, "InProgress");
        server.close();
        server = TestServer.start(settings);
        JsonNode ended = ended(job);
        assertEquals("Completed", ended.get("status").asText());
        assertEquals(2, ended.get("attempt").asInt());
        assertEquals(List.of(RequeueReason.SERVER_STOPPED), requeued(job));
        assertEquals("Completed", ended(waiting).get("status").asText());
    }

    @Test
    void leasesOfAFormerProcessEndAtOnceWhereNoOtherCanLive() {
        JobId job = heldByAnother();
        server.close();
        server = TestServer.start(settings);
        switch (database) {
            case H2 -> assertEquals(2, ended(job).get("attempt").asInt());
            case POSTGRESQL -> {
                ended(queued(run -> ScriptedRestores.done()));
                assertEquals("InProgress", job(job).get("status").asText());
            }
        }
    }
}
