// One backup instance: whether it is well, what it has, what happened, and what can be done.
import * as api from "../api.js";
import { html } from "../lib.js";
import { empty, heading, shown } from "../parts/basics.js";
import { weekOfJobs } from "../parts/week-of-jobs.js";
import { essentials, healthBox } from "../parts/instance-essentials.js";
import { instanceActions } from "../parts/instance-actions.js";
import { pointCalendar } from "../parts/point-calendar.js";
import { runningJobs, recentJobs } from "../parts/instance-jobs.js";
import { slotLedger } from "../parts/slot-ledger.js";
import { instanceStorage } from "../parts/instance-storage.js";
import { Remote } from "../remote.js";
import { followJobs, jobList } from "./jobs.js";

const AGAIN_MILLIS = 3000;
const WEEK_MILLIS = 7 * 86_400_000;

export function instancePage(app, { vault, instance: name }) {
  const base = api.at`backup-vaults/${vault}/backup-instances/${name}`;
  const weekAgo = () => new Date(Date.now() - WEEK_MILLIS).toISOString();
  const instance = new Remote(app, () => api.get(base));
  const jobs = jobList(app, async () => ({ items: await api.all("backup-jobs", { vault, instance: name, from: weekAgo() }), nextCursor: null }));
  const points = new Remote(app, () => api.all(`${base}/recovery-points`));
  const slots = new Remote(app, async () => (await api.get(`${base}/slots`, { from: weekAgo(), limit: 50 })).items);
  const storage = new Remote(app, async () => {
    const found = await api.get(`${base}/storage`);
    // What only it needs takes the server a walk through the datastore, which goes on meanwhile.
    if (found.uniqueBytes === null && app.page === page) storage.soon(AGAIN_MILLIS);
    return found;
  });
  const parts = [instance, jobs, points, slots, storage];
  const days = pointCalendar(app, vault, name, points, storage);
  const mine = (data) => data.vault === vault && (data.instance ?? data.name) === name;
  let gone = false;

  const removed = () => html`
    <p class="crumbs"><a href="#/instances">Instances</a> in ${vault}</p>
    ${heading(name)}
    ${empty("This instance is gone", "It was removed for good, with its recovery points. Its jobs can still be looked up.",
      html`<a class="button" href="#/${api.query("jobs", { vault, instance: name })}">Its jobs</a>`)}`;

  const page = {
    title: name,
    load: () => Promise.all(parts.map((part) => part.load())),
    on({ type, data }) {
      if (type === "tick" && !gone) parts.forEach((part) => part.soon());
      followJobs(jobs, { type, data }, mine);
      if (type === "job" && mine(data) && data.endTime) [instance, points, slots, storage].forEach((part) => part.soon());
      if (type === "instance" && mine(data)) {
        gone = Boolean(data.gone);
        if (gone) return;
        instance.tell(() => { instance.data = data; });
        if (data.latestRecoveryPoint?.id !== points.data?.[0]?.id) points.soon();
      }
    },
    view: () => (gone ? removed() : shown(instance, (data) => html`
      <p class="crumbs"><a href="#/instances">Instances</a> in ${vault}</p>
      ${heading(name, instanceActions(app, data, instance, jobs))}
      ${healthBox(data)}
      ${runningJobs(jobs)}
      <div class="columns uneven">
        <div class="stack">
          <section class="card">${days.view()}</section>
          <section class="card"><h2>Last seven days</h2>${shown(jobs, (list) => html`${weekOfJobs(list)}${recentJobs(list)}`)}</section>
        </div>
        <div class="stack">
          <section class="card"><h2>Essentials</h2>${essentials(data)}</section>
          <section class="card"><h2>Storage</h2>${shown(storage, instanceStorage)}</section>
          <section class="card"><h2>Slots of the schedule</h2>${shown(slots, (list) => slotLedger(data, list))}</section>
        </div>
      </div>`)),
  };
  return page;
}
