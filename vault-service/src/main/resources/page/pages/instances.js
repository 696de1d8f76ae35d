// All backup instances of all vaults.
import * as api from "../api.js";
import { ago, sentence } from "../format.js";
import { html, nothing } from "../lib.js";
import { badge, empty, heading, shown } from "../parts/basics.js";
import { choice, filters, textField, wholeText } from "../parts/filters.js";
import { moreButton, table } from "../parts/table.js";
import { Remote, RemoteList } from "../remote.js";
import { rememberQuery } from "../router.js";
import { protectDialog } from "../dialogs/protect.js";
import * as words from "../words.js";
import { instanceLink } from "./jobs.js";

/** Health with its reason; of servers that do not judge it, the state of the protection. */
export function healthCell(instance) {
  if (!instance.health) return badge(words.protection(instance.protectionState));
  const { state, reason } = instance.health;
  return html`${badge(words.health(state), instance.health.recommendedAction ?? nothing)}
    ${reason && state !== "Healthy" ? html`<span class="fine block">${sentence(reason)}</span>` : nothing}`;
}

const COLUMNS = [
  { head: "Instance", cell: (row) => instanceLink(row.vault, row.name) },
  { head: "Health", cell: healthCell, class: "wide" },
  { head: "Vault", cell: (row) => row.vault },
  { head: "Disk", cell: (row) => row.disk },
  { head: "Policy", cell: (row) => html`<a href="#/policies/${encodeURIComponent(row.vault)}/${encodeURIComponent(row.policy)}">${row.policy}</a>` },
  { head: "Latest point", cell: (row) => (row.latestRecoveryPoint ? ago(row.latestRecoveryPoint.snapshotTime) : "none yet"), class: "tight" },
  { head: "Next backup", cell: (row) => (row.nextSlot ? ago(row.nextSlot) : "–"), class: "tight" },
];

export function instancesPage(app, query) {
  const wanted = { vault: query.vault, health: query.health, state: query.state, policy: query.policy };
  let search = "";
  const list = new RemoteList(app, (cursor) => api.get("backup-instances", { ...wanted, cursor }));
  const vaults = new Remote(app, () => api.all("backup-vaults"));
  const change = (field) => (value) => {
    wanted[field] = value || undefined;
    rememberQuery("instances", wanted);
    list.load();
    app.update();
  };
  const find = (value) => {
    search = value.toLowerCase();
    app.update();
  };
  const matches = (row) => `${row.vault}/${row.name} ${row.disk} ${row.policy}`.toLowerCase().includes(search);

  function none() {
    return search || Object.values(wanted).some(Boolean)
      ? empty("No instance matches", "Take a filter away to see more.")
      : empty("Nothing is protected yet", "A backup instance is one disk that a policy protects in a vault.",
        html`<button class="primary" @click=${() => app.open(protectDialog(app))}>Protect a disk</button>`);
  }

  return {
    title: "Instances",
    load: () => Promise.all([list.load(), vaults.load()]),
    on(event) {
      if (["tick", "instance"].includes(event.type) && !list.grown) list.soon();
    },
    view: () => html`
      ${heading("Instances",
        html`<button @click=${() => api.download("backup-instances", wanted, "instances.csv").catch((p) => app.say(p.message, "bad"))}>Export CSV</button>`,
        html`<button class="primary" @click=${() => app.open(protectDialog(app))}>Protect a disk</button>`)}
      ${filters("Filter the instances",
        textField("Search in those shown", search, find),
        choice("Health", wanted.health, words.HEALTHS.map((code) => [code, words.health(code).text]), change("health")),
        choice("Vault", wanted.vault, (vaults.data ?? []).map((vault) => [vault.name, vault.name]), change("vault")),
        choice("Protection", wanted.state, words.PROTECTIONS.map((code) => [code, words.protection(code).text]), change("state")),
        wholeText("Policy", wanted.policy, change("policy")))}
      ${shown(list, (rows) => {
        const found = rows.filter(matches);
        return found.length ? html`<div class="card flush">${table("Backup instances", COLUMNS, found, (row) => `${row.vault}/${row.name}`)}</div>${moreButton(list)}` : none();
      }, { absent: empty("This list is not available", "The server does not offer it.") })}`,
  };
}
