// Disks and the resource groups that they are in.
import * as api from "../api.js";
import { bytes } from "../format.js";
import { html } from "../lib.js";
import { badge, empty, heading, shown } from "../parts/basics.js";
import { choice, filters, textField } from "../parts/filters.js";
import { table } from "../parts/table.js";
import { groupDialog } from "../dialogs/setup.js";
import { protectDialog } from "../dialogs/protect.js";
import { Remote } from "../remote.js";
import { rememberQuery } from "../router.js";
import * as words from "../words.js";

export function disksPage(app, query) {
  const disks = new Remote(app, () => api.all("disks"));
  const groups = new Remote(app, () => api.all("resource-groups"));
  const wanted = { protection: query.protection };
  let search = "";

  const owner = (disk) => {
    if (!disk.protectedBy) return html`<button class="small" aria-label="Protect ${disk.name}" @click=${() => app.open(protectDialog(app, `${disk.resourceGroup}/${disk.name}`))}>Protect</button>`;
    const [vault, name] = disk.protectedBy.split("/");
    return html`${badge({ text: "Protected", tone: "ok" })} <a href="#/${api.at`instances/${vault}/${name}`}">${name}</a> <span class="fine">in ${vault}</span>`;
  };
  const columns = [
    { head: "Disk", cell: (disk) => disk.name },
    { head: "Protection", cell: (disk) => html`<span>${owner(disk)}</span>`, class: "wide" },
    { head: "Group", cell: (disk) => disk.resourceGroup },
    { head: "Source", cell: (disk) => html`<code>${disk.source}</code>` },
    { head: "Format", cell: (disk) => words.diskFormat(disk.format) },
    { head: "Size", cell: (disk) => bytes(disk.sizeBytes), class: "right" },
  ];
  const groupColumns = [
    { head: "Group", cell: (group) => group.name },
    { head: "Disks lie in", cell: (group) => (group.disksRoot ? html`<code>${group.disksRoot}</code>` : "–") },
    { head: "Recovery points go to", cell: (group) => (group.datastore ? html`<code>${group.datastore}</code>` : "–") },
  ];
  const matches = (disk) => `${disk.resourceGroup}/${disk.name} ${disk.source}`.toLowerCase().includes(search)
    && (!wanted.protection || (wanted.protection === "yes") === Boolean(disk.protectedBy));
  const add = () => app.open(groupDialog(app, () => groups.load()));
  const load = () => Promise.all([disks.load(), groups.load()]);

  return {
    title: "Disks",
    load,
    on(event) {
      if (["tick", "instance"].includes(event.type)) disks.soon();
    },
    view: () => html`
      ${heading("Disks", html`<button @click=${add}>Add a resource group</button>`,
        html`<button class="primary" @click=${() => app.open(protectDialog(app))}>Protect a disk</button>`)}
      ${filters("Filter the disks",
        textField("Search", search, (value) => { search = value.toLowerCase(); app.update(); }),
        choice("Protection", wanted.protection, [["yes", "Protected"], ["no", "Not protected"]], (value) => { wanted.protection = value; rememberQuery("disks", wanted); app.update(); }))}
      ${shown(disks, (list) => {
        const found = list.filter(matches);
        if (found.length) return html`<div class="card flush">${table("Disks", columns, found, (disk) => `${disk.resourceGroup}/${disk.name}`)}</div>`;
        return list.length ? empty("No disk matches", "Take a filter away to see more.")
          : empty("No disk is registered", "Register a disk and protect it in one go.", html`<button class="primary" @click=${() => app.open(protectDialog(app))}>Protect a disk</button>`);
      })}
      <section class="card"><h2>Resource groups</h2>${shown(groups, (list) => (list.length
        ? table("Resource groups", groupColumns, list, (group) => group.name)
        : html`<p class="calm">None yet. A resource group is a directory with disks, a datastore, or both.</p>`))}</section>`,
  };
}
