// What changes the life of an instance: its policy, its end, and the way back.
import * as api from "../api.js";
import { ago, count, time } from "../format.js";
import { html } from "../lib.js";
import { waiting } from "../parts/basics.js";
import { select } from "../parts/form.js";
import { confirmDialog } from "./confirm.js";
import { formDialog } from "./simple-form.js";

const pathOf = ({ vault, name }) => api.at`backup-vaults/${vault}/backup-instances/${name}`;
const deletedPathOf = ({ vault, name }) => api.at`backup-vaults/${vault}/deleted-backup-instances/${name}`;

/** @param done called with the instance as it is then */
export function policyDialog(app, instance, done) {
  const form = { policy: instance.policy };
  let policies = null;
  const dialog = formDialog(app, {
    title: `Assign another policy to ${instance.name}`,
    intro: "It counts for recovery points that are made from then on. Those that exist keep the time that they were given.",
    action: "Assign the policy",
    ready: () => form.policy !== instance.policy,
    fields: () => (policies ? select(form, "policy", "Policy", policies.map((policy) => [policy.name, policy.name]), { change: () => app.update() }) : waiting()),
    async run() {
      done(await api.put(pathOf(instance), { disk: instance.disk, policy: form.policy, snapshotResourceGroup: instance.snapshotResourceGroup }));
      return `${instance.name} follows the policy ${form.policy}.`;
    },
  });
  dialog.attempt(async () => {
    policies = await api.all(api.at`backup-vaults/${instance.vault}/backup-policies`);
  });
  app.open(dialog);
}

/** @param done called with the instance as it is then, or null if it is gone for good */
export async function deleteDialog(app, instance, done) {
  let kept;
  try {
    kept = (await api.get(api.at`backup-vaults/${instance.vault}`)).softDelete;
  } catch (problem) {
    app.say(`${problem.message} ${problem.action}`, "bad");
    return;
  }
  const forGood = kept.state === "Off";
  app.open(confirmDialog(app, {
    title: `Delete ${instance.name}?`,
    text: forGood
      ? "Its backups end, and all its recovery points are removed at once and for good: the vault does not keep what is deleted. The disk itself is not touched."
      : `Its backups end. Its recovery points are kept for ${count(kept.retentionDays, "day")} more, and the deletion can be taken back until then. The disk itself is not touched.`,
    action: "Delete the instance",
    danger: true,
    typed: forGood ? instance.name : null,
    async run() {
      await api.remove(pathOf(instance));
      done(forGood ? null : await api.get(pathOf(instance)));
      app.say(`${instance.name} is deleted.`);
    },
  }));
}

/** @param done called with the instance as it is then */
export async function undelete(app, instance, done) {
  try {
    done(await api.post(`${deletedPathOf(instance)}/undelete`));
    app.say(`${instance.name} is there again. Its protection is stopped: resume it to back it up.`);
  } catch (problem) {
    app.say(`${problem.message} ${problem.action}`, "bad");
  }
}

/** @param done called when it is gone */
export const purgeDialog = (app, instance, done) => app.open(confirmDialog(app, {
  title: `Remove ${instance.name} for good?`,
  text: html`All its recovery points are removed now, instead of ${ago(instance.purgeTime)} (${time(instance.purgeTime)}). That cannot be taken back.`,
  action: "Remove it for good",
  danger: true,
  typed: instance.name,
  async run() {
    await api.remove(deletedPathOf(instance));
    done();
    app.say(`${instance.name} is gone.`);
  },
}));
