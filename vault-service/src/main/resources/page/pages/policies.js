// The policies of all vaults.
import * as api from "../api.js";
import { period, schedule } from "../format.js";
import { html } from "../lib.js";
import { empty, heading, shown } from "../parts/basics.js";
import { tagMark } from "../parts/calendar.js";
import { table } from "../parts/table.js";
import { vaultDialog } from "../dialogs/setup.js";
import { Remote } from "../remote.js";

const COLUMNS = [
  { head: "Policy", cell: (policy) => html`<a href="#/${api.at`policies/${policy.vault}/${policy.name}`}">${policy.name}</a>` },
  { head: "Backups", cell: (policy) => schedule(policy.schedule), class: "wide" },
  { head: "Kept", cell: (policy) => html`<span class="legend">${policy.retention.map((rule) => html`<span>${tagMark(rule.tag)} ${period(rule.duration)}</span>`)}</span>`, class: "wide" },
  { head: "Most points", cell: (policy) => policy.peak?.livePoints ?? "–", class: "right" },
  { head: "Version", cell: (policy) => policy.version, class: "right" },
];

export function policiesPage(app) {
  const vaults = new Remote(app, async () => {
    const found = await api.all("backup-vaults");
    const policies = await Promise.all(found.map((vault) => api.all(api.at`backup-vaults/${vault.name}/backup-policies`)));
    return found.map((vault, i) => ({ ...vault, policies: policies[i] }));
  });
  const addVault = () => app.open(vaultDialog(app, () => vaults.load()));

  const ofVault = (vault) => html`<section class="card">
    <div class="card-head"><h2>${vault.name}</h2>
      <a class="button" href="#/${api.at`policies/${vault.name}/`}%2Bnew" aria-label="New policy in ${vault.name}">New policy</a></div>
    ${vault.policies.length ? table(`Policies of ${vault.name}`, COLUMNS, vault.policies, (policy) => policy.name)
      : html`<p class="calm">No policy yet. A policy says when backups run and how long recovery points are kept.</p>`}
  </section>`;

  return {
    title: "Policies",
    load: () => vaults.load(),
    view: () => html`
      ${heading("Policies", html`<button @click=${addVault}>Create a vault</button>`)}
      ${shown(vaults, (list) => (list.length ? list.map(ofVault)
        : empty("There is no vault yet", "Policies belong to a vault. Create one first.", html`<button class="primary" @click=${addVault}>Create a vault</button>`)))}`,
  };
}
