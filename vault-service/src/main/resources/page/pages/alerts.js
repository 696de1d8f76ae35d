// What went wrong or soon will, until somebody has seen to it.
import * as api from "../api.js";
import { ago, count, sentence } from "../format.js";
import { html, nothing } from "../lib.js";
import { badge, csvButton, empty, heading, shown } from "../parts/basics.js";
import { choice, filters } from "../parts/filters.js";
import { moreButton } from "../parts/table.js";
import { RemoteList } from "../remote.js";
import { rememberQuery } from "../router.js";
import * as words from "../words.js";
import { instanceLink } from "./jobs.js";

const STATES = [["New", "New"], ["Acknowledged", "Acknowledged"], ["Closed", "Closed"], ["all", "All, closed ones too"]];
const OPEN = ["New", "Acknowledged"];
const KINDS = ["BackupFailed", "RestoreFailed", "RestoreTestFailed", "SlotMissed", "NoRecoveryPoint", "RecoveryPointCapNear", "RestoreProofOverdue", "DatastoreNearlyFull", "DamagedData", "PurgeDue", "RetentionShortened", "ExpiryBehind"];

export function alertsPage(app, query) {
  const wanted = { state: query.state, severity: query.severity, kind: query.kind, vault: query.vault, instance: query.instance };
  const list = new RemoteList(app, (cursor) => (wanted.state ? page(wanted.state, cursor) : open(cursor)), (alert) => alert.id, "lastTime");
  const page = (state, cursor) => api.get("alerts", { ...wanted, state: state === "all" ? undefined : state, cursor });

  /** What is not closed has two states; the pages of both go on side by side. */
  async function open(cursors = OPEN.map(() => undefined)) {
    const pages = await Promise.all(OPEN.map((state, i) => (cursors[i] === null ? { items: [], nextCursor: null } : page(state, cursors[i]))));
    const next = pages.map((one) => one.nextCursor);
    return {
      items: pages.flatMap((one) => one.items).sort((one, other) => (one.lastTime < other.lastTime ? 1 : -1)),
      nextCursor: next.some(Boolean) ? next : null,
    };
  }

  const belongs = (alert) => ["severity", "kind", "vault", "instance"].every((field) => !wanted[field] || wanted[field] === alert[field])
    && (wanted.state === "all" || (wanted.state ? alert.state === wanted.state : OPEN.includes(alert.state)));

  const change = (field) => (value) => {
    wanted[field] = value || undefined;
    rememberQuery("alerts", wanted);
    list.load();
  };

  const decide = (alert, verb) => async () => {
    try {
      const changed = await api.post(api.at`alerts/${alert.id}/${verb}`);
      list.follow(changed, belongs(changed));
      app.say(verb === "close" ? "The alert is closed." : "The alert is acknowledged.");
    } catch (problem) {
      app.say(`${problem.message} ${problem.action}`, "bad");
    }
  };

  const kinds = () => [...new Set([...KINDS, ...(list.data ?? []).map((alert) => alert.kind)])].map((kind) => [kind, words.spaced(kind)]);

  const card = (alert) => html`<li class="card">
    <div class="row-head">${badge(words.severity(alert.severity))}
      <strong>${words.spaced(alert.kind)}</strong>
      ${alert.instance ? html`<span>${instanceLink(alert.vault, alert.instance)} <span class="fine">in ${alert.vault}</span></span>`
        : html`<span class="fine">${alert.vault ?? alert.resourceGroup ?? ""}</span>`}
      <span class="end">${alert.state === "New" ? nothing : badge(words.alertState(alert.state))}
        ${alert.state === "New" ? html`<button class="small" @click=${decide(alert, "acknowledge")}>Acknowledge</button>` : nothing}
        ${alert.state === "Closed" ? nothing : html`<button class="small" @click=${decide(alert, "close")}>Close</button>`}</span></div>
    <p>${sentence(alert.message)}</p>
    ${alert.recommendedAction && alert.state !== "Closed" ? html`<p><strong>What to do:</strong> ${alert.recommendedAction}</p>` : nothing}
    <p class="fine">${alert.count > 1 ? html`${count(alert.count, "time")}, since ${ago(alert.firstTime)}, last ${ago(alert.lastTime)}` : ago(alert.lastTime)}${alert.job ? html`. <a href="#/jobs/${alert.job}">The job</a>` : nothing}${
      alert.closedTime ? html`. Closed ${ago(alert.closedTime)} ${alert.closedBy === "system" ? "by itself: the cause is gone" : `by ${alert.closedBy}`}`
      : alert.acknowledgedTime ? html`. Acknowledged ${ago(alert.acknowledgedTime)} by ${alert.acknowledgedBy}` : nothing}</p>
  </li>`;

  return {
    title: "Alerts",
    load: () => list.load(),
    on(event) {
      if (event.type === "tick" && !list.grown) list.soon();
      if (event.type === "alert") list.follow(event.data, belongs(event.data));
    },
    view: () => html`
      ${heading("Alerts", csvButton(app, "alerts", () => ({ ...wanted, state: wanted.state === "all" ? undefined : wanted.state }), "alerts.csv"))}
      ${filters("Filter the alerts",
        choice("State", wanted.state, STATES, change("state"), "Open"),
        choice("Severity", wanted.severity, words.SEVERITIES.map((code) => [code, words.severity(code).text]), change("severity")),
        choice("Kind", wanted.kind, kinds(), change("kind")))}
      ${shown(list, (alerts) => (alerts.length ? html`<ul class="stack">${alerts.map(card)}</ul>${moreButton(list)}`
        : empty(Object.values(wanted).some(Boolean) ? "No alert matches" : "No open alert", "Failed backups, missed slots, full datastores and the like are told here, and go by themselves when their cause is gone.")))}`,
  };
}
