// Protecting a disk in three steps: which disk, how, and what stands against it.
import * as api from "../api.js";
import { count } from "../format.js";
import { html, nothing } from "../lib.js";
import { facts, problemBox, waiting } from "../parts/basics.js";
import { checkResult, lacksRoles } from "../parts/check.js";
import { dialogFrame, dismiss } from "../parts/dialog.js";
import { input, nameFrom, options, select, tick } from "../parts/form.js";
import { stepHead, steps } from "../parts/steps.js";
import { groupDialog, vaultDialog } from "./setup.js";

const SIMPLE_POLICY = {
  schedule: { repeatingTimeIntervals: ["R/2026-01-01T00:00:00+00:00/PT4H"], timeZone: null },
  retention: [{ tag: "Default", duration: "P7D" }, { tag: "Daily", duration: "P30D" }, { tag: "Weekly", duration: "P12W" }],
};
const NEW = " new";

/** @param chosen a disk, resourceGroup/name, if it is known already */
export function protectDialog(app, chosen = "") {
  const form = { source: chosen ? "existing" : "", disk: chosen, group: "", path: "", name: "", vault: "", policy: "", store: "", instance: "", grantMissing: true, backUp: true };
  let known = null;
  let policies = [];
  let check = null;
  const step = steps(app);

  async function begin() {
    await step.run(async () => {
      const [groups, disks, vaults] = await Promise.all([api.all("resource-groups"), api.all("disks"), api.all("backup-vaults")]);
      known = { groups, disks: disks.filter((disk) => !disk.protectedBy), vaults };
      form.source ||= known.disks.length ? "existing" : "new";
      form.disk ||= known.disks.length ? `${known.disks[0].resourceGroup}/${known.disks[0].name}` : "";
      form.group ||= diskGroups()[0]?.name ?? "";
      form.store ||= stores()[0]?.name ?? "";
      form.vault ||= vaults[0]?.name ?? "";
      await loadPolicies();
    });
  }

  const diskGroups = () => known.groups.filter((group) => group.disksRoot);
  const stores = () => known.groups.filter((group) => group.datastore);
  const reopen = () => app.open(protectDialog(app, chosen));

  async function loadPolicies() {
    policies = form.vault ? await api.all(api.at`backup-vaults/${form.vault}/backup-policies`) : [];
    form.policy = policies[0]?.name ?? NEW;
    app.update();
  }

  const isNewDisk = () => form.source === "new";
  const diskId = () => (isNewDisk() ? `${form.group}/${form.name}` : form.disk);
  const policyName = () => (form.policy === NEW ? "standard" : form.policy);

  const toHow = () => step.go(2, async () => {
    if (isNewDisk()) {
      await api.put(api.at`resource-groups/${form.group}/disks/${form.name}`, { source: `file:${form.path}` });
    }
    form.instance ||= diskId().split("/")[1] ?? "";
  });

  const toCheck = () => step.go(3, async () => {
    if (form.policy === NEW) {
      await api.put(api.at`backup-vaults/${form.vault}/backup-policies/${policyName()}`, SIMPLE_POLICY);
      await loadPolicies();
      form.policy = "standard";
    }
    check = await api.post(api.at`backup-vaults/${form.vault}/validate-for-backup`, { disk: diskId(), policy: policyName(), snapshotResourceGroup: form.store });
  });

  const finish = () => step.run(async () => {
    await api.put(api.at`backup-vaults/${form.vault}/backup-instances/${form.instance}`, {
      disk: diskId(), policy: policyName(), snapshotResourceGroup: form.store, grantMissing: form.grantMissing,
    });
    if (form.backUp) await api.start(api.at`backup-vaults/${form.vault}/backup-instances/${form.instance}/backups`, {});
    dismiss();
    app.say(`${form.instance} is protected.`);
    app.go(api.at`instances/${form.vault}/${form.instance}`);
  });

  function which() {
    if (!diskGroups().length) {
      return html`<p>Disks lie in resource groups, and there is none with disks yet.</p>
        <p><button class="primary" @click=${() => app.open(groupDialog(app, reopen))}>Add a resource group</button></p>`;
    }
    return html`
      ${options(form, "source", "Which disk?", [["existing", "One that is registered", known.disks.length ? `${count(known.disks.length, "disk")} without protection` : "There is none without protection"], ["new", "A new one"]], () => app.update())}
      ${isNewDisk() ? html`
        ${select(form, "group", "Resource group", diskGroups().map((group) => [group.name, `${group.name} – ${group.disksRoot}`]))}
        ${input(form, "path", "Image or device", { hint: "Below the group's directory, such as web-1.img or dev/web-1", change: () => { form.name = nameFrom(form.path); app.update(); } })}
        ${input(form, "name", "Name", { hint: "What the disk is called here" })}`
      : known.disks.length ? select(form, "disk", "Disk", known.disks.map((disk) => [`${disk.resourceGroup}/${disk.name}`, `${disk.resourceGroup}/${disk.name}`])) : nothing}`;
  }

  function how() {
    if (!known.vaults.length) {
      return html`<p>Policies and recovery points are kept in a vault, and there is none yet.</p>
        <p><button class="primary" @click=${() => app.open(vaultDialog(app, reopen))}>Create a vault</button></p>`;
    }
    if (!stores().length) {
      return html`<p>Recovery points go into a datastore, and no resource group has one yet.</p>
        <p><button class="primary" @click=${() => app.open(groupDialog(app, reopen))}>Add a resource group</button></p>`;
    }
    return html`
      ${select(form, "vault", "Vault", known.vaults.map((vault) => [vault.name, vault.name]), { change: loadPolicies })}
      ${select(form, "policy", "Policy", [...policies.map((policy) => [policy.name, policy.name]), ...(policies.some((policy) => policy.name === "standard") ? [] : [[NEW, "standard (made now): every 4 hours, kept 7 days, daily 30 days, weekly 12 weeks"]])],
        { hint: "When backups run and how long they are kept" })}
      ${select(form, "store", "Recovery points go to", stores().map((group) => [group.name, `${group.name} – ${group.datastore}`]))}
      ${input(form, "instance", "Name of the backup instance")}`;
  }

  const review = () => html`
    ${facts([["Disk", diskId()], ["Policy", `${policyName()} in ${form.vault}`], ["Recovery points go to", form.store], ["Instance", form.instance]])}
    ${checkResult(check, form.grantMissing)}
    ${lacksRoles(check) ? tick(form, "grantMissing", "Give the vault's identity the roles that it lacks", { hint: "Takes the right to give roles", change: () => app.update() }) : nothing}
    ${tick(form, "backUp", "Make the first backup at once")}`;

  const next = [null, ["Next", toHow], ["Next", toCheck], ["Protect the disk", finish]];
  const ready = () => known && (step.at !== 1 || diskGroups().length) && (step.at !== 2 || (known.vaults.length && stores().length));

  begin();
  return {
    view: () => dialogFrame(app, "Protect a disk", html`
      ${stepHead(["Disk", "Protection", "Check"], step.at)}
      ${known ? [null, which, how, review][step.at]() : step.problem ? nothing : waiting()}
      ${problemBox(step.problem)}`, html`
      ${step.at > 1 ? html`<button @click=${() => step.go(step.at - 1)}>Back</button>` : html`<button @click=${dismiss}>Cancel</button>`}
      <button class="primary" ?disabled=${step.busy || !ready()} @click=${next[step.at][1]}>${next[step.at][0]}</button>`),
  };
}
