// What has to be there before a disk can be protected: resource groups and a vault.
import * as api from "../api.js";
import { html } from "../lib.js";
import { input } from "../parts/form.js";
import { formDialog } from "./simple-form.js";

export function groupDialog(app, done) {
  const form = { name: "", disksRoot: "", datastore: "" };
  return formDialog(app, {
    title: "Add a resource group",
    intro: "A place for disks, for recovery points, or both. Give the directories as the server sees them; it must be allowed to use them (serve --allow DIR).",
    action: "Add the group",
    fields: () => html`
      ${input(form, "name", "Name", { hint: "Letters, digits and hyphens, such as vm-disks" })}
      ${input(form, "disksRoot", "Directory of disks", { hint: "Where disk images or links to devices lie; empty if there are none" })}
      ${input(form, "datastore", "Directory of the datastore", { hint: "Where recovery points go; empty if none do. A new directory is made into a datastore" })}`,
    async run() {
      await api.put(api.at`resource-groups/${form.name}`, { disksRoot: form.disksRoot || null, datastore: form.datastore || null });
      return `The resource group ${form.name} is there.`;
    },
    done: () => done?.(form.name),
  });
}

export function vaultDialog(app, done) {
  const form = { name: "" };
  return formDialog(app, {
    title: "Create a vault",
    intro: "A vault holds policies, backup instances and their recovery points. Rights are given on it as a whole.",
    action: "Create the vault",
    fields: () => input(form, "name", "Name", { hint: "Letters, digits and hyphens, such as prod" }),
    async run() {
      await api.put(api.at`backup-vaults/${form.name}`, {});
      return `The vault ${form.name} is there.`;
    },
    done: () => done?.(form.name),
  });
}
