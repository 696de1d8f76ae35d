// Everything at once, what is wrong first.
import * as api from "../api.js";
import { ago, bytes, count, number, sentence } from "../format.js";
import { html, nothing } from "../lib.js";
import { badge, empty, heading, jobBadge, meter, progress, segments, shown } from "../parts/basics.js";
import { jobCounts } from "../parts/job-counts.js";
import { storageChart } from "../parts/storage-chart.js";
import { protectDialog } from "../dialogs/protect.js";
import { Remote } from "../remote.js";
import * as words from "../words.js";
import { followJobs, instanceLink, jobLink, jobList } from "./jobs.js";

const PROBLEMS_SHOWN = 5;
const ALERTS_SHOWN = 5;
const RUNNING_SHOWN = 5;

export function overviewPage(app) {
  const overview = new Remote(app, () => api.get("overview"));
  const running = jobList(app, (cursor) => api.get("backup-jobs", { status: "InProgress", limit: RUNNING_SHOWN, cursor }));
  const protect = () => app.open(protectDialog(app));

  const firstSteps = () => empty("Nothing is protected yet",
    "Three things make a protected disk: a resource group where disks lie, one with a datastore where recovery points go, and a policy that says when and how long. The dialogue leads through them.",
    html`<button class="primary" @click=${protect}>Protect a disk</button>`);

  return {
    title: "Overview",
    load: () => Promise.all([overview.load(), running.load()]),
    on(event) {
      if (event.type === "tick") running.soon();
      if (["tick", "job", "instance", "alert"].includes(event.type)) overview.soon();
      followJobs(running, event, (job) => job.status === "InProgress");
    },
    view: () => html`
      ${heading("Overview", html`<button class="primary" @click=${protect}>Protect a disk</button>`)}
      ${shown(overview, (data) => (data.protection.disks === 0 && instancesOf(data.protection) === 0
        ? firstSteps()
        : html`
          ${problems(data)}
          <div class="tiles">${protection(data.protection)}${disks(data.protection)}${alertTile(data.alerts)}${storageTile(data.storage)}</div>
          ${now(running)}
          <div class="columns">
            <div class="stack">
              <section class="card"><h2>Jobs</h2>${jobCounts(data.jobs)}</section>
              <section class="card"><h2>Storage</h2>${storageChart(data.storage.days)}</section>
            </div>
            <div class="stack">
              <section class="card"><h2>Newest alerts</h2>${alerts(data.alerts)}</section>
              <section class="card"><h2>Datastores</h2>${datastores(data.storage.datastores)}</section>
            </div>
          </div>`))}`,
  };
}

const instancesOf = ({ instances }) => instances.healthy + instances.degraded + instances.unhealthy + instances.notProtected;

function tile(title, value, parts, href) {
  return html`<a class="card tile" href=${href}><h2>${title}</h2><p class="big">${value}</p>
    <div class="tile-detail">${segments(parts, title)}
      <p class="legend">${parts.filter((part) => part.count).map((part) => html`<span class="tone-${part.tone}"><span class="dot"></span>${number(part.count)} ${part.text}</span>`)}</p></div></a>`;
}

function protection({ instances }) {
  const wrong = instances.unhealthy + instances.degraded;
  const total = wrong + instances.healthy + instances.notProtected;
  return tile("Instances", html`${number(instances.healthy)} <small>of ${number(total)} healthy</small>`, [
    { count: instances.unhealthy, text: "unhealthy", tone: "bad" },
    { count: instances.degraded, text: "degraded", tone: "warn" },
    { count: instances.notProtected, text: "not protected", tone: "muted" },
    { count: instances.healthy, text: "healthy", tone: "ok" },
  ], "#/instances");
}

function disks({ disks: all, protectedDisks, unprotectedDisks, missingDisks }) {
  return tile("Disks", html`${number(protectedDisks)} <small>of ${number(all)} protected</small>`, [
    { count: missingDisks, text: "not found", tone: "bad" },
    { count: unprotectedDisks, text: "not protected", tone: "warn" },
    { count: protectedDisks - missingDisks, text: "protected", tone: "ok" },
  ], unprotectedDisks ? "#/disks?protection=no" : "#/disks");
}

function alertTile({ critical, warning, information }) {
  const open = critical + warning + information;
  return tile("Alerts", open ? html`${number(open)} <small>open</small>` : "None open", [
    { count: critical, text: "critical", tone: "bad" },
    { count: warning, text: warning === 1 ? "warning" : "warnings", tone: "warn" },
    { count: information, text: "for information", tone: "info" },
  ], "#/alerts");
}

function storageTile({ logicalBytes, usedBytes, storedBytes }) {
  return html`<a class="card tile" href="#/instances"><h2>Stored</h2><p class="big">${bytes(storedBytes)}</p>
    <p class="tile-detail fine">${bytes(usedBytes)} of recovery points, from ${bytes(logicalBytes)} of disks</p></a>`;
}

/** Stands above everything else as long as there is something in it. */
function problems({ problems: instances, protection: { instances: counts } }) {
  if (!instances.length) return nothing;
  const wrong = counts.unhealthy + counts.degraded;
  const shownOnes = instances.slice(0, PROBLEMS_SHOWN);
  return html`<section class="card attention tone-${counts.unhealthy ? "bad" : "warn"}">
    <div class="card-head"><h2>Needs attention</h2><span class="fine">${count(wrong, "instance")}</span></div>
    <ul class="rows">${shownOnes.map(problem)}</ul>
    ${wrong > shownOnes.length ? html`<p>All that are ${["unhealthy", "degraded"].filter((state) => counts[state]).map((state, i) => html`${i ? " or " : nothing}<a href="#/instances?health=${words.spaced(state)}">${state}</a>`)}</p>` : nothing}
  </section>`;
}

const problem = ({ vault, name, health }) => html`<li>
  <div class="row-head">${badge(words.health(health.state))} <strong>${instanceLink(vault, name)}</strong> <span class="fine">in ${vault}</span></div>
  <p>${sentence(health.reason)}</p>
  ${health.recommendedAction ? html`<p><strong>What to do:</strong> ${sentence(health.recommendedAction)}</p>` : nothing}
</li>`;

/** The jobs that run, with their bars. */
function now(running) {
  if (!running.data?.length) return nothing;
  return html`<section class="card"><h2>Running now</h2><ul class="rows">${running.data.slice(0, RUNNING_SHOWN).map((job) => html`<li>
      <div class="row-head">${jobBadge(job)} <strong>${jobLink(job)}</strong> of ${instanceLink(job.vault, job.instance)} <span class="fine">in ${job.vault}</span></div>
      ${progress(job)}</li>`)}</ul>
    ${running.cursor || running.data.length > RUNNING_SHOWN ? html`<p><a href="#/jobs?status=InProgress">All that are running</a></p>` : nothing}</section>`;
}

function alerts({ newest }) {
  if (!newest.length) return html`<p class="calm">${badge({ text: "No open alert", tone: "ok" })}</p>`;
  return html`<ul class="rows">${newest.slice(0, ALERTS_SHOWN).map((alert) => html`<li>
    <div class="row-head">${badge(words.severity(alert.severity))} <strong>${words.spaced(alert.kind)}</strong>
      <span class="fine">${ago(alert.lastTime)}${alert.count > 1 ? `, ${count(alert.count, "time")}` : ""}</span></div>
    <p>${sentence(alert.message)}</p>
  </li>`)}</ul><p><a href="#/alerts">All alerts</a></p>`;
}

function datastores(list) {
  if (!list.length) return html`<p class="calm">None that you may see.</p>`;
  return html`<ul class="rows">${list.map((store) => {
    // A file system that does not answer says neither.
    const known = store.capacityBytes !== null && store.freeBytes !== null;
    return html`<li><div class="row-head"><strong>${store.resourceGroup}</strong>
      <span class="fine">${bytes(store.storedBytes)} stored${known ? html`, ${bytes(store.freeBytes)} free of ${bytes(store.capacityBytes)}` : ", its file system does not answer"}</span></div>
      ${known ? meter(store.capacityBytes - store.freeBytes, store.capacityBytes, `File system of ${store.resourceGroup}`) : nothing}</li>`;
  })}</ul>`;
}
