// One job: where it stands, what went wrong and what to do, and what happened when.
import * as api from "../api.js";
import { bytes, clockText, dateText, lasted, sentence, time } from "../format.js";
import { html, nothing } from "../lib.js";
import { facts, heading, jobBadge, progress, shown } from "../parts/basics.js";
import { confirmDialog } from "../dialogs/confirm.js";
import { Remote } from "../remote.js";
import * as words from "../words.js";
import { instanceLink } from "./jobs.js";

export function jobPage(app, { id }) {
  const job = new Remote(app, () => api.get(api.at`backup-jobs/${id}`));

  function cancel() {
    app.open(confirmDialog(app, {
      title: "Cancel this job?",
      text: "What it has done so far is given up. Recovery points that exist stay as they are.",
      action: "Cancel the job",
      keep: "Let it go on",
      danger: true,
      async run() {
        job.data = await api.post(api.at`backup-jobs/${id}/cancel`);
        app.say("The job is being cancelled.");
      },
    }));
  }

  return {
    title: "Job",
    load: () => job.load(),
    on(event) {
      if (event.type === "tick" && job.data && words.isRunning(job.data)) job.load();
      if (event.type === "job" && event.data.id === id) job.data = event.data;
      if (event.type === "progress" && event.data.id === id && job.data) job.data = { ...job.data, progress: event.data.progress };
    },
    view: () => shown(job, (data) => html`
      <p class="crumbs"><a href="#/jobs">Jobs</a></p>
      ${heading(html`${words.operation(data.operation)} of ${data.instance}`,
        words.isRunning(data) && data.status !== "Cancelling" ? html`<button @click=${cancel}>Cancel</button>` : nothing)}
      <div class="card" aria-live="polite">${jobBadge(data)}${words.isRunning(data) ? progress(data) : nothing}</div>
      ${failure(data)}${warnings(data)}
      <div class="columns">
        <section class="card"><h2>Details</h2>${details(data)}</section>
        <section class="card"><h2>What happened</h2>${timeline(data)}</section>
      </div>`, { absent: null }),
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

function details(job) {
  return facts([
    ["Instance", html`${instanceLink(job.vault, job.instance)} in ${job.vault}`],
    ["Started by", job.userTriggered ? "a person or a program" : "the schedule"],
    job.slot && ["Slot", time(job.slot)],
    job.recoveryPoint && ["Recovery point", html`<code>${job.recoveryPoint}</code>`],
    job.target && ["Target disk", html`${job.target.resourceGroup}/${job.target.diskName}${job.target.overwrite ? ", written over" : ""}`],
    job.restored && ["Written", bytes(job.restored.writtenBytes)],
    job.restored && ["Was right already", bytes(job.restored.keptBytes)],
    job.restored?.damagedBytes ? ["Could not be restored", bytes(job.restored.damagedBytes)] : null,
    job.progress.totalBytes ? ["Size", bytes(job.progress.totalBytes)] : null,
    ["Took", lasted(job.startTime, job.endTime)],
    ["Attempt", job.attempt || "–"],
    ["Id", html`<code>${job.id}</code>`],
  ]);
}

function timeline(job) {
  const steps = [
    job.slot && [job.slot, "The slot was due", "muted"],
    [job.queuedTime, "Queued", "muted"],
    job.startTime && [job.startTime, job.attempt > 1 ? `Attempt ${job.attempt} started` : "Started", "info"],
    job.notBefore && !job.endTime && [job.notBefore, "Next attempt", "warn"],
    job.endTime && [job.endTime, ending(job), words.jobStatus(job.status).tone],
  ].filter(Boolean);
  return html`<ol class="timeline">
    ${steps.map(([instant, text, tone]) => html`<li class="tone-${tone}"><span class="dot"></span>
      <time datetime=${instant} title="${dateText(instant)}, ${instant.slice(0, 19)} UTC">${dateText(instant).split(", ")[0]}, ${clockText(instant)}</time>
      <span>${text}</span></li>`)}
  </ol>`;
}

function ending(job) {
  const after = job.startTime ? ` after ${lasted(job.startTime, job.endTime)}` : "";
  return `${words.jobStatus(job.status).text}${after}`;
}
