// The jobs of one instance: those that run, with their progress, and the latest.
import { ago, lasted } from "../format.js";
import { html, nothing } from "../lib.js";
import { jobLink, outcome } from "../pages/jobs.js";
import * as words from "../words.js";
import { jobBadge, progress } from "./basics.js";
import { table } from "./table.js";

export function runningJobs(jobs) {
  const running = (jobs.data ?? []).filter(words.isRunning);
  if (!running.length) return nothing;
  return html`<section class="card" aria-label="Running jobs">${running.map((job) => html`
    <div class="row-head">${jobBadge(job)} <strong>${jobLink(job)}</strong></div>${progress(job)}`)}</section>`;
}

const COLUMNS = [
  { head: "Job", cell: jobLink },
  { head: "Status", cell: jobBadge },
  { head: "Outcome", cell: (job) => (words.isRunning(job) ? nothing : outcome(job)) },
  { head: "Started", cell: (job) => ago(job.startTime ?? job.queuedTime), class: "tight" },
  { head: "Took", cell: (job) => lasted(job.startTime, job.endTime), class: "right tight" },
];

export const recentJobs = (jobs) => (jobs.length ? table("Latest jobs", COLUMNS, jobs.slice(0, 8), (job) => job.id) : html`<p class="calm">No job in the last seven days.</p>`);
