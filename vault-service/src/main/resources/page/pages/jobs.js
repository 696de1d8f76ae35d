// All jobs, newest first, as they go on.
import * as api from "../api.js";
import { ago, dateText, lasted, sentence } from "../format.js";
import { html, nothing } from "../lib.js";
import { csvButton, empty, heading, jobBadge, progress, shown } from "../parts/basics.js";
import { choice, filters, textField, wholeText } from "../parts/filters.js";
import { moreButton, table } from "../parts/table.js";
import { Remote, RemoteList } from "../remote.js";
import { rememberQuery } from "../router.js";
import * as words from "../words.js";

/** A list of jobs that moves with them. */
export const jobList = (app, askPage) => new RemoteList(app, askPage, (job) => job.id, "queuedTime");

/** Moves a list of jobs by what the stream told; belongs says whether it shows a job. */
export function followJobs(list, { type, data }, belongs) {
  if (type === "progress") list.change(data.id, (job) => ({ ...job, progress: data.progress }));
  if (type === "job") list.follow(data, belongs(data));
}

export const jobLink = (job) => html`<a href="#/jobs/${job.id}">${words.operation(job.operation)}</a>`;
export const instanceLink = (vault, instance) =>
  html`<a href="#/instances/${encodeURIComponent(vault)}/${encodeURIComponent(instance)}">${instance}</a>`;

/** What there is to say about a job in one cell. */
export function outcome(job) {
  if (words.isRunning(job)) return progress(job);
  if (job.error) return html`<span class="clip" title=${job.error.message}>${sentence(job.error.message)}</span>`;
  if (job.warnings.length) return html`<span class="clip">${sentence(job.warnings[0])}</span>`;
  if (job.target) return html`to ${job.target.resourceGroup}/${job.target.diskName}`;
  return nothing;
}

const COLUMNS = [
  { head: "Job", cell: jobLink },
  { head: "Status", cell: jobBadge },
  { head: "Instance", cell: (job) => html`${instanceLink(job.vault, job.instance)} <span class="fine">in ${job.vault}</span>`, class: "tight" },
  { head: "Outcome", cell: outcome, class: "wide" },
  { head: "Started by", cell: (job) => (job.userTriggered ? "a person" : html`<span class="tight" title=${job.slot ? `The slot of ${dateText(job.slot)}` : nothing}>the schedule</span>`) },
  { head: "Started", cell: (job) => (job.startTime ? ago(job.startTime) : html`queued ${ago(job.queuedTime)}`), class: "tight" },
  { head: "Took", cell: (job) => lasted(job.startTime, job.endTime), class: "right tight" },
];

export function jobsPage(app, query) {
  const wanted = { vault: query.vault, operation: query.operation, status: query.status, instance: query.instance, from: query.from, to: query.to };
  const parameters = () => ({ ...wanted, from: dayStart(wanted.from, 0), to: dayStart(wanted.to, 1) });
  const list = jobList(app, (cursor) => api.get("backup-jobs", { ...parameters(), cursor }));
  const vaults = new Remote(app, () => api.all("backup-vaults"));
  const change = (field) => (value) => {
    wanted[field] = value || undefined;
    rememberQuery("jobs", wanted);
    list.load();
    app.update();
  };
  const filtered = () => Object.values(wanted).some(Boolean);
  const belongs = (job) => {
    const { from, to } = parameters();
    return ["vault", "operation", "status", "instance"].every((field) => !wanted[field] || wanted[field] === job[field])
      && (!from || job.queuedTime >= from) && (!to || job.queuedTime < to);
  };

  function none() {
    return filtered()
      ? empty("No job matches", "Take a filter away to see more.")
      : empty("No jobs yet", "A job is made whenever a disk is backed up or restored. Protect a disk first.", html`<a class="button" href="#/disks">Go to the disks</a>`);
  }

  return {
    title: "Jobs",
    load: () => Promise.all([list.load(), vaults.load()]),
    on(event) {
      if (event.type === "tick" && !list.grown) list.soon();
      followJobs(list, event, belongs);
    },
    view: () => html`
      ${heading("Jobs", csvButton(app, "backup-jobs", parameters, "jobs.csv"))}
      ${filters("Filter the jobs",
        choice("Status", wanted.status, words.JOB_STATUSES.map((code) => [code, words.jobStatus(code).text]), change("status")),
        choice("Operation", wanted.operation, words.OPERATIONS.map((code) => [code, words.operation(code)]), change("operation")),
        choice("Vault", wanted.vault, (vaults.data ?? []).map((vault) => [vault.name, vault.name]), change("vault")),
        wholeText("Instance", wanted.instance, change("instance")),
        textField("From", wanted.from, change("from"), "date"),
        textField("To", wanted.to, change("to"), "date"))}
      ${shown(list, (jobs) => (jobs.length ? html`<div class="card flush">${table("Jobs, newest first", COLUMNS, jobs, (job) => job.id)}</div>${moreButton(list)}` : none()))}`,
  };
}

function dayStart(day, daysLater) {
  if (!day) return undefined;
  const start = new Date(`${day}T00:00:00`);
  start.setDate(start.getDate() + daysLater);
  return Number.isNaN(start.getTime()) ? undefined : start.toISOString();
}

