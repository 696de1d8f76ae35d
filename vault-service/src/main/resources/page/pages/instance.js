// One backup instance: whether it is well, what it has, what happened, and what can be done.
import * as api from "../api.js";
import { html } from "../lib.js";
import { heading, shown } from "../parts/basics.js";
import { weekOfJobs } from "../parts/week-of-jobs.js";
import { essentials, healthBox } from "../parts/instance-essentials.js";
import { instanceActions } from "../parts/instance-actions.js";
import { pointCalendar } from "../parts/point-calendar.js";
import { runningJobs, recentJobs } from "../parts/instance-jobs.js";
import { slotLedger } from "../parts/slot-ledger.js";
import { instanceStorage } from "../parts/instance-storage.js";
import { Remote } from "../remote.js";
import { follow } from "./jobs.js";

const WEEK_MILLIS = 7 * 86_400_000;

export function instancePage(app, { vault, instance: name }) {
  const base = api.at`backup-vaults/${vault}/backup-instances/${name}`;
  const weekAgo = () => new Date(Date.now() - WEEK_MILLIS).toISOString();
  const instance = new Remote(app, () => api.get(base));
  const jobs = new Remote(app, () => api.all("backup-jobs", { vault, instance: name, from: weekAgo() }));
  const points = new Remote(app, () => api.all(`${base}/recovery-points`));
  const slots = new Remote(app, async () => (await api.get(`${base}/slots`, { from: weekAgo(), limit: 50 })).items);
  const storage = new Remote(app, () => api.get(`${base}/storage`));
  const parts = [instance, jobs, points, slots, storage];
  const days = pointCalendar(app, vault, name, points);
  const mine = (event) => event.data?.vault === vault && (event.data?.instance ?? event.data?.name) === name;

  return {
    title: name,
    load: () => Promise.all(parts.map((part) => part.load())),
    on(event) {
      if (event.type === "tick") parts.slice(0, 4).forEach((part) => part.soon());
      if (event.type === "progress") follow(jobs, event);
      if (event.type === "job" && mine(event)) {
        if (!follow(jobs, event)) jobs.soon();
        if (event.data.endTime) parts.forEach((part) => part.soon());
      }
      if (event.type === "instance" && mine(event)) instance.data = event.data;
    },
    view: () => shown(instance, (data) => html`
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
          ${shown(storage, instanceStorage)}
          <section class="card"><h2>Slots of the schedule</h2>${shown(slots, (list) => slotLedger(data, list))}</section>
        </div>
      </div>`, { absent: null }),
  };
}
