// What can be done with an instance.
import * as api from "../api.js";
import { confirmDialog } from "../dialogs/confirm.js";
import { deleteDialog, policyDialog, purgeDialog, undelete } from "../dialogs/instance-life.js";
import { restoreDialog } from "../dialogs/restore.js";
import { formDialog } from "../dialogs/simple-form.js";
import { html } from "../lib.js";
import { TAGS } from "../words.js";
import { select } from "./form.js";
import { menu } from "./menu.js";

export function instanceActions(app, instance, remote, jobs) {
  const { vault, name, protectionState } = instance;
  const base = api.at`backup-vaults/${vault}/backup-instances/${name}`;
  const restore = () => app.open(restoreDialog(app, instance));
  const become = (changed) => {
    remote.tell(() => { remote.data = changed; });
    app.update();
  };
  const leave = () => app.go("instances");

  const backUp = () => {
    const form = { retentionTag: "Default" };
    app.open(formDialog(app, {
      title: `Back up ${name} now`,
      intro: "A recovery point is made beside those of the schedule. It uses up none of their tags.",
      action: "Back up",
      fields: () => select(form, "retentionTag", "Keep it as", TAGS.toReversed().map((tag) => [tag, tag]), { hint: "The policy says how long each tag is kept" }),
      async run() {
        await api.start(`${base}/backups`, form);
        jobs.soon();
        return "The backup was started.";
      },
    }));
  };

  const change = (action, title, text, verb, said, danger) => () => app.open(confirmDialog(app, {
    title, text, action: verb, danger,
    async run() {
      become(await api.post(`${base}/${action}`));
      app.say(said);
    },
  }));
  const suspend = change("suspend-backups", "Suspend the backups?", "No more backups are made. Recovery points expire when their time is up; the newest stays.", "Suspend the backups", "The backups are suspended.", true);
  const stop = change("stop-protection", "Stop the protection?", "No more backups are made, and everything that there is is kept for ever.", "Stop the protection", "The protection is stopped.", true);
  const resume = change("resume-protection", "Resume the protection?", "Backups run by the policy again, and recovery points whose time is up expire.", "Resume the protection", "The protection goes on.", false);

  if (protectionState === "SoftDeleted") {
    return html`
      <button @click=${() => purgeDialog(app, instance, leave)}>Remove for good</button>
      <button class="primary" @click=${() => undelete(app, instance, become)}>Undelete</button>`;
  }
  const running = protectionState === "ProtectionConfigured";
  return html`
    ${menu("More", [
      ["Assign another policy", () => policyDialog(app, instance, become)],
      running && ["Suspend backups", suspend],
      running && ["Stop protection", stop],
      ["Delete", () => deleteDialog(app, instance, (left) => (left ? become(left) : leave()))],
    ])}
    <button ?disabled=${!instance.latestRecoveryPoint} @click=${restore}>Restore</button>
    ${running ? html`<button class="primary" @click=${backUp}>Back up now</button>` : html`<button class="primary" @click=${resume}>Resume</button>`}`;
}
