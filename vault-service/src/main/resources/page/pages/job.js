// One job: where it stands, what went wrong and what to do, and what happened when.
import * as api from "../api.js";
import { bytes, lasted, sentence, time } from "../format.js";
import { html, nothing } from "../lib.js";
import { facts, heading, jobBadge, progress, shown } from "../parts/basics.js";
import { jobLog, person } from "../parts/job-log.js";
import { confirmDialog } from "../dialogs/confirm.js";
import { Remote } from "../remote.js";
import * as words from "../words.js";
import { instanceLink } from "./jobs.js";

export function jobPage(app, { id }) {
  const job = new Remote(app, () => api.get(api.at`backup-jobs/${id}`));
  const history = new Remote(app, async () => (await api.all(api.at`backup-jobs/${id}/history`)).toReversed());

  function cancel() {
    app.open(confirmDialog(app, {
      title: "Cancel this job?",
      text: "What it has done so far is given up. Recovery points that exist stay as they are.",
      action: "Cancel the job",
      keep: "Let it go on",
      danger: true,
      async run() {
        const asked = await api.post(api.at`backup-jobs/${id}/cancel`);
        job.tell(() => { job.data = asked; });
        app.say("The job is being cancelled.");
      },
    }));
  }

  return {
    title: "Job",
    load: () => Promise.all([job.load(), history.load()]),
    on({ type, data }) {
      if (type === "tick" && (!job.data || words.isRunning(job.data))) [job, history].forEach((part) => part.soon());
      if (type === "progress" && data.id === id) job.tell(() => { job.data = { ...job.data, progress: data.progress }; });
      if (type === "job" && data.id === id) {
        job.tell(() => { job.data = data; });
        history.soon(200);
      }
    },
    view: () => shown(job, (data) => html`
      <p class="crumbs"><a href="#/jobs">Jobs</a></p>
      ${heading(html`${words.operation(data.operation)} of ${data.instance}`,
        words.isRunning(data) && data.status !== "Cancelling" ? html`<button @click=${cancel}>Cancel</button>` : nothing)}
      <div class="card"><div aria-live="polite">${jobBadge(data)}</div>${words.isRunning(data) ? progress(data) : nothing}</div>
      ${failure(data)}${warnings(data)}
      <div class="columns">
        <section class="card"><h2>Details</h2>${details(data, history.data)}</section>
        <section class="card"><h2>What happened</h2>${shown(history, jobLog)}</section>
      </div>`),
  };
}

function failure({ error, notBefore, status }) {
  if (!error) return nothing;
  const again = notBefore && status === "Queued";
  return html`<div class="box tone-${again ? "warn" : "bad"}">
    <p class="box-title">${sentence(error.message)}</p>
    <p><strong>What to do:</strong> ${error.recommendedAction}</p>
    ${again ? html`<p>It is tried again at ${time(notBefore)}.</p>` : nothing}
    ${!again && error.retryable ? html`<p>The same may well succeed when it is tried again.</p>` : nothing}
    <p class="fine">For scripts and support: <code>${error.code}</code></p>
  </div>`;
}

const warnings = (job) => (job.warnings.length
  ? html`<div class="box tone-warn"><p class="box-title">It ended with warnings</p><ul>${job.warnings.map((text) => html`<li>${sentence(text)}</li>`)}</ul></div>` : nothing);

function details(job, history) {
  const asked = history?.length ? person(history[0].principal) : null;
  return facts([
    ["Instance", html`${instanceLink(job.vault, job.instance)} in ${job.vault}`],
    ["Started by", asked ?? (job.userTriggered ? "a person or a program" : "the schedule")],
    job.slot && ["Slot", time(job.slot)],
    job.target && ["Target disk", html`${job.target.resourceGroup}/${job.target.diskName}${job.target.overwrite ? ", written over" : ""}`],
    job.restored && ["Written", bytes(job.restored.writtenBytes)],
    job.restored && ["Was right already", bytes(job.restored.keptBytes)],
    job.restored?.damagedBytes ? ["Could not be restored", bytes(job.restored.damagedBytes)] : null,
    job.progress.totalBytes ? ["Processed", bytes(job.progress.totalBytes)] : null,
    ["Took", lasted(job.startTime, job.endTime)],
    job.attempt > 1 && ["Attempts", job.attempt],
    job.recoveryPoint && ["Id of the recovery point", html`<code>${job.recoveryPoint}</code>`],
    ["Id of the job", html`<code>${job.id}</code>`],
  ]);
}
