// What an instance is, and whether it is well.
import * as api from "../api.js";
import { ago, sentence, time } from "../format.js";
import { html, nothing } from "../lib.js";
import * as words from "../words.js";
import { badge, facts } from "./basics.js";

const LASTING = { Transient: "It may pass by itself.", Persistent: "It will not pass by itself." };

export function healthBox({ health, latestRecoveryPoint: latest }) {
  const { text, tone } = words.health(health.state);
  if (health.state === "Healthy") {
    return html`<p class="box tone-ok"><span><strong>Healthy.</strong> Backups come as the schedule says${latest ? html`, the latest recovery point is of ${time(latest.snapshotTime)}` : nothing}.</span></p>`;
  }
  return html`<div class="box tone-${tone}">
    <p class="box-title">${text}: ${sentence(health.reason)}</p>
    ${health.persistence ? html`<p>${LASTING[health.persistence]}</p>` : nothing}
    ${health.recommendedAction ? html`<p><strong>What to do:</strong> ${sentence(health.recommendedAction)}</p>` : nothing}
  </div>`;
}

export function essentials(instance) {
  const { latestRecoveryPoint: latest } = instance;
  return facts([
    ["Protection", badge(words.protection(instance.protectionState))],
    ["Disk", instance.disk],
    ["Policy", html`<a href="#/${api.at`policies/${instance.vault}/${instance.policy}`}">${instance.policy}</a>, version ${instance.policyVersion}`],
    ["Points go to", instance.snapshotResourceGroup],
    ["Latest point", latest ? html`${ago(latest.snapshotTime)} <span class="fine">(${time(latest.snapshotTime)})</span>` : "none yet"],
    ["Next backup", instance.nextSlot ? html`${ago(instance.nextSlot)} <span class="fine">(${time(instance.nextSlot)})</span>` : "none is planned"],
    ["Last restore test", instance.lastProven ? html`<a href="#/jobs/${instance.lastProven.job}">${ago(instance.lastProven.provenTime)}</a>${instance.proofOverdue ? ", overdue" : ""}` : instance.proofOverdue ? "never, overdue" : "never"],
    ["Protected since", time(instance.protectedSince)],
    instance.deletedTime && ["Deleted", time(instance.deletedTime)],
    instance.purgeTime && ["Gone for good", html`${ago(instance.purgeTime)} <span class="fine">(${time(instance.purgeTime)})</span>`],
  ]);
}
