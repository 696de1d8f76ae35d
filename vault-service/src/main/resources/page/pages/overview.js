// Everything at once, what is wrong first.
import * as api from "../api.js";
import { ago, bytes, count, number, sentence } from "../format.js";
import { html, nothing } from "../lib.js";
import { badge, empty, heading, meter, segments, shown } from "../parts/basics.js";
import { jobCounts } from "../parts/job-counts.js";
import { storageChart } from "../parts/storage-chart.js";
import { protectDialog } from "../dialogs/protect.js";
import { Remote } from "../remote.js";
import * as words from "../words.js";
import { instanceLink } from "./jobs.js";

export function overviewPage(app) {
  const overview = new Remote(app, () => api.get("overview"));

  function firstSteps() {
    return empty("Nothing is protected yet",
      "Three things make a protected disk: a resource group where disks lie, one with a datastore where recovery points go, and a policy that says when and how long. The dialogue leads through them.",
      html`<button class="primary" @click=${() => app.open(protectDialog(app))}>Protect a disk</button>`);
  }

  return {
    title: "Overview",
    load: () => overview.load(),
    on(event) {
      if (event.type === "tick") overview.load();
      if (["job", "instance", "alert"].includes(event.type)) overview.soon(1000);
    },
    view: () => html`
      ${heading("Overview", html`<button class="primary" @click=${() => app.open(protectDialog(app))}>Protect a disk</button>`)}
      ${shown(overview, (data) => (data.protection.disks === 0 && instancesOf(data) === 0
        ? firstSteps()
        : html`
          <div class="tiles">${protection(data.protection)}${disks(data.protection)}${alertTile(data.alerts)}${storageTile(data.storage)}</div>
          <div class="columns">
            <div class="stack">
              <section class="card"><h2>Needs attention</h2>${problems(data.problems)}</section>
              <section class="card"><h2>Jobs</h2>${jobCounts(data.jobs)}</section>
            </div>
            <div class="stack">
              <section class="card"><h2>Latest alerts</h2>${alerts(data.alerts.newest)}</section>
              <section class="card"><h2>Storage</h2>${storageChart(data.storage.days)}${datastores(data.storage.datastores)}</section>
            </div>
          </div>`), { absent: empty("The overview is not available", "The server does not offer it.") })}`,
  };
}

const instancesOf = ({ protection: { instances } }) => instances.healthy + instances.degraded + instances.unhealthy + instances.notProtected;

function tile(title, value, detail, href) {
  return html`<a class="card tile" href=${href}><h2>${title}</h2><p class="big">${value}</p><div class="tile-detail">${detail}</div></a>`;
}

function protection({ instances }) {
  const parts = [
    { count: instances.unhealthy, text: "unhealthy", tone: "bad" },
    { count: instances.degraded, text: "degraded", tone: "warn" },
    { count: instances.notProtected, text: "not protected", tone: "muted" },
    { count: instances.healthy, text: "healthy", tone: "ok" },
  ];
  const wrong = instances.unhealthy + instances.degraded;
  return tile("Instances", wrong ? count(wrong, "problem") : instances.healthy ? "All healthy" : "None protected",
    html`${segments(parts, "Health of the instances")}
      <p class="legend">${parts.filter((part) => part.count).map((part) => html`<span class="tone-${part.tone}"><span class="dot"></span>${number(part.count)} ${part.text}</span>`)}</p>`,
    wrong ? "#/instances?health=" + (instances.unhealthy ? "Unhealthy" : "Degraded") : "#/instances");
}

function disks({ disks: all, protectedDisks, unprotectedDisks, missingDisks }) {
  const parts = [
    { count: missingDisks, text: "missing", tone: "bad" },
    { count: unprotectedDisks, text: "not protected", tone: "warn" },
    { count: protectedDisks, text: "protected", tone: "ok" },
  ];
  return tile("Disks", html`${number(protectedDisks)} <small>of ${number(all)} protected</small>`,
    html`${segments(parts, "Disks")}
      <p class="legend">${parts.filter((part) => part.count).map((part) => html`<span class="tone-${part.tone}"><span class="dot"></span>${number(part.count)} ${part.text}</span>`)}</p>`,
    "#/disks");
}

function alertTile({ critical, warning, information }) {
  const open = critical + warning + information;
  const parts = [
    { count: critical, text: "critical", tone: "bad" },
    { count: warning, text: count(warning, "warning").split(" ")[1], tone: "warn" },
    { count: information, text: "for information", tone: "info" },
  ];
  return tile("Alerts", open ? html`${number(open)} <small>open</small>` : "None open",
    html`${segments(parts, "Alerts")}
      <p class="legend">${parts.filter((part) => part.count).map((part) => html`<span class="tone-${part.tone}"><span class="dot"></span>${number(part.count)} ${part.text}</span>`)}</p>`,
    "#/alerts");
}

function storageTile({ logicalBytes, usedBytes, storedBytes }) {
  const saved = usedBytes > 0 && storedBytes > 0 ? usedBytes / storedBytes : 0;
  return tile("Stored", bytes(storedBytes),
    html`<p class="fine">${bytes(usedBytes)} in use on disks of ${bytes(logicalBytes)}${saved >= 1.05 ? html`, ${saved.toFixed(1)} times smaller` : nothing}</p>`,
    "#/disks");
}

function problems(instances) {
  if (!instances.length) return html`<p class="calm">${badge({ text: "No instance has a problem", tone: "ok" })}</p>`;
  return html`<ul class="rows">${instances.map((instance) => html`<li>
    <div class="row-head">${badge(words.health(instance.health.state))} <strong>${instanceLink(instance.vault, instance.name)}</strong> <span class="fine">in ${instance.vault}</span></div>
    <p>${sentence(instance.health.reason)}</p>
    ${instance.health.recommendedAction ? html`<p class="fine">${instance.health.recommendedAction}</p>` : nothing}
  </li>`)}</ul>`;
}

function alerts(newest) {
  if (!newest.length) return html`<p class="calm">${badge({ text: "No open alert", tone: "ok" })}</p>`;
  return html`<ul class="rows">${newest.map((alert) => html`<li>
    <div class="row-head">${badge(words.severity(alert.severity))} <span class="fine">${ago(alert.lastTime)}${alert.count > 1 ? `, ${alert.count} times` : ""}</span></div>
    <p>${sentence(alert.message)}</p>
  </li>`)}</ul><p><a href="#/alerts">All alerts</a></p>`;
}

function datastores(list) {
  return html`<ul class="rows">${list.map((store) => {
    // A file system that does not answer says neither.
    const known = store.capacityBytes !== null && store.freeBytes !== null;
    return html`<li><div class="row-head"><strong>${store.resourceGroup}</strong>
      <span class="fine">${bytes(store.storedBytes)} stored${known ? html`, ${bytes(store.freeBytes)} free of ${bytes(store.capacityBytes)}` : ", its file system does not answer"}</span></div>
      ${known ? meter(store.capacityBytes - store.freeBytes, store.capacityBytes, `File system of ${store.resourceGroup}`) : nothing}</li>`;
  })}</ul>`;
}
