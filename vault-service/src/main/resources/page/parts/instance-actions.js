// What can be done with an instance.
import * as api from "../api.js";
import { confirmDialog } from "../dialogs/confirm.js";
import { restoreDialog } from "../dialogs/restore.js";
import { html, nothing } from "../lib.js";
import { select } from "./form.js";
import { formDialog } from "../dialogs/simple-form.js";
import { TAGS } from "../words.js";

export function instanceActions(app, instance, remote, jobs) {
  const { vault, name, protectionState } = instance;
  const base = api.at`backup-vaults/${vault}/backup-instances/${name}`;

  const backUp = () => {
    const form = { retentionTag: "Default" };
    app.open(formDialog(app, {
      title: `Back up ${name} now`,
      intro: "A recovery point is made beside those of the schedule. It uses up none of their tags.",
      action: "Back up",
      fields: () => select(form, "retentionTag", "Keep it as", TAGS.toReversed().map((tag) => [tag, tag]), { hint: "The policy says how long each tag is kept" }),
      async run() {
        await api.start(`${base}/backups`, form);
        jobs.load();
        return "The backup was started.";
      },
    }));
  };

  const change = (action, title, text, verb, danger) => app.open(confirmDialog(app, {
    title, text, action: verb, danger,
    async run() {
      remote.data = await api.post(`${base}/${action}`);
      remote.load();
      app.say(`${verb}: done.`);
    },
  }));
  const suspend = () => change("suspend-backups", "Suspend the backups?", "No more backups are made. Recovery points expire when their time is up; the newest stays.", "Suspend the backups", true);
  const stop = () => change("stop-protection", "Stop the protection?", "No more backups are made, and everything that there is is kept for ever.", "Stop the protection", true);
  const resume = () => change("resume-protection", "Resume the protection?", "Backups run by the policy again, and recovery points whose time is up expire.", "Resume the protection", false);

  if (protectionState === "SoftDeleted") return nothing;
  const protectedNow = protectionState === "ProtectionConfigured";
  return html`
    ${protectedNow ? html`<button @click=${suspend}>Suspend</button><button @click=${stop}>Stop</button>` : html`<button @click=${resume}>Resume</button>`}
    <button ?disabled=${!instance.latestRecoveryPoint} @click=${() => app.open(restoreDialog(app, instance))}>Restore</button>
    ${protectedNow ? html`<button class="primary" @click=${backUp}>Back up now</button>` : nothing}`;
}
