// All backup instances of all vaults.
import * as api from "../api.js";
import { ago, count, sentence } from "../format.js";
import { html, nothing } from "../lib.js";
import { badge, csvButton, empty, heading, shown } from "../parts/basics.js";
import { choice, filters, textField, wholeText } from "../parts/filters.js";
import { moreButton, table } from "../parts/table.js";
import { Remote, RemoteList } from "../remote.js";
import { rememberQuery } from "../router.js";
import { undelete } from "../dialogs/instance-life.js";
import { protectDialog } from "../dialogs/protect.js";
import * as words from "../words.js";
import { instanceLink } from "./jobs.js";

const DELETED = "SoftDeleted";
const key = ({ vault, name }) => `${vault}/${name}`;

/** Health, with its reason where there is something wrong. */
export const healthCell = ({ health }) => html`${badge(words.health(health.state))}
  ${health.reason ? html`<span class="fine block">${sentence(health.reason)}</span>` : nothing}`;

/** Breaks behind the group, and nowhere else. */
const diskName = (disk) => html`${disk.split("/").map((part, i) => html`${i ? html`/<wbr>` : nothing}<span class="tight">${part}</span>`)}`;

const COLUMNS = [
  { head: "Instance", cell: (row) => instanceLink(row.vault, row.name) },
  { head: "Health", cell: healthCell, class: "wide" },
  { head: "Vault", cell: (row) => row.vault },
  { head: "Disk", cell: (row) => diskName(row.disk) },
  { head: "Policy", cell: (row) => html`<a href="#/${api.at`policies/${row.vault}/${row.policy}`}">${row.policy}</a>` },
  { head: "Latest point", cell: (row) => (row.latestRecoveryPoint ? ago(row.latestRecoveryPoint.snapshotTime) : "none yet"), class: "tight" },
];
const NEXT = { head: "Next backup", cell: (row) => (row.nextSlot ? ago(row.nextSlot) : "none is planned"), class: "tight" };

export function instancesPage(app, query) {
  const wanted = { vault: query.vault, health: query.health, state: query.state, policy: query.policy, resourceGroup: query.resourceGroup };
  let search = "";
  const list = new RemoteList(app, (cursor) => api.get("backup-instances", { ...wanted, cursor }), key, "protectedSince");
  const deleted = new Remote(app, async () => (await api.get("backup-instances", { state: DELETED, limit: 100 })).items.length);
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
  const matches = (row) => `${key(row)} ${row.disk} ${row.policy}`.toLowerCase().includes(search);
  const belongs = (row) => (wanted.state ? row.protectionState === wanted.state : row.protectionState !== DELETED)
    && ["vault", "policy"].every((field) => !wanted[field] || row[field] === wanted[field])
    && (!wanted.health || row.health.state === wanted.health)
    && (!wanted.resourceGroup || row.disk.startsWith(`${wanted.resourceGroup}/`));
  const follow = (row) => {
    if (row.gone) list.drop(key(row));
    else list.follow(row, belongs(row));
    if (row.gone || row.protectionState === DELETED || row.protectionState === "ProtectionStopped") deleted.soon();
  };

  const columns = () => [...COLUMNS, ...(wanted.state === DELETED ? [
    { head: "Gone for good", cell: (row) => ago(row.purgeTime), class: "tight" },
    { head: "", cell: (row) => html`<button class="small" aria-label="Undelete ${row.name}" @click=${() => undelete(app, row, follow)}>Undelete</button>` },
  ] : [NEXT])];

  function none() {
    return search || Object.values(wanted).some(Boolean)
      ? empty("No instance matches", "Take a filter away to see more.")
      : empty("Nothing is protected yet", "A backup instance is one disk that a policy protects in a vault.",
        html`<button class="primary" @click=${() => app.open(protectDialog(app))}>Protect a disk</button>`);
  }

  const deletedOnes = () => (deleted.data && wanted.state !== DELETED
    ? html`<p class="fine"><a href="#/instances?state=${DELETED}">${deleted.data >= 100 ? "100 or more instances" : count(deleted.data, "instance")}</a>
      ${deleted.data === 1 ? "is" : "are"} deleted and can be had back.</p>` : nothing);

  return {
    title: "Instances",
    load: () => Promise.all([list.load(), deleted.load(), vaults.load()]),
    on({ type, data }) {
      if (type === "tick" && !list.grown) list.soon();
      if (type === "tick") deleted.soon();
      if (type === "instance") follow(data);
    },
    view: () => html`
      ${heading("Instances", csvButton(app, "backup-instances", () => wanted, "instances.csv"),
        html`<button class="primary" @click=${() => app.open(protectDialog(app))}>Protect a disk</button>`)}
      ${filters("Filter the instances",
        textField("Search these", search, find),
        choice("Health", wanted.health, words.HEALTHS.map((code) => [code, words.health(code).text]), change("health")),
        choice("Vault", wanted.vault, (vaults.data ?? []).map((vault) => [vault.name, vault.name]), change("vault")),
        choice("Protection", wanted.state, words.PROTECTIONS.map((code) => [code, words.protection(code).text]), change("state"), "All but deleted"),
        wholeText("Policy", wanted.policy, change("policy")),
        wholeText("Group of the disk", wanted.resourceGroup, change("resourceGroup")))}
      ${shown(list, (rows) => {
        const found = rows.filter(matches);
        return found.length ? html`<div class="card flush">${table("Backup instances", columns(), found, key)}</div>${moreButton(list)}` : none();
      })}
      ${deletedOnes()}`,
  };
}
