// What an instance is, and whether it is well.
import { ago, sentence, time } from "../format.js";
import { html, nothing } from "../lib.js";
import * as words from "../words.js";
import { badge, facts } from "./basics.js";

export function healthBox(instance) {
  const { health } = instance;
  if (!health) return nothing;
  const { text, tone } = words.health(health.state);
  if (health.state === "Healthy") return html`<p class="box tone-ok"><span><strong>Healthy.</strong> ${sentence(health.reason)}</span></p>`;
  return html`<div class="box tone-${tone}">
    <p class="box-title">${text}${health.persistence === "Persistent" ? ", and has been for a while" : ""}: ${sentence(health.reason)}</p>
    ${health.recommendedAction ? html`<p><strong>What to do:</strong> ${health.recommendedAction}</p>` : nothing}
  </div>`;
}

export function essentials(instance) {
  const { latestRecoveryPoint: latest } = instance;
  return facts([
    ["Protection", badge(words.protection(instance.protectionState))],
    ["Disk", instance.disk],
    ["Policy", html`<a href="#/policies/${encodeURIComponent(instance.vault)}/${encodeURIComponent(instance.policy)}">${instance.policy}</a>, version ${instance.policyVersion}`],
    ["Points go to", instance.snapshotResourceGroup],
    ["Latest point", latest ? html`${ago(latest.snapshotTime)} <span class="fine">(${time(latest.snapshotTime)})</span>` : "none yet"],
    ["Next backup", instance.nextSlot ? html`${ago(instance.nextSlot)} <span class="fine">(${time(instance.nextSlot)})</span>` : "none is planned"],
    ["Last proven", instance.lastProven ? html`${ago(instance.lastProven.provenTime)}${instance.proofOverdue ? ", overdue" : ""}` : instance.proofOverdue ? "never, overdue" : "never"],
    ["Protected since", time(instance.protectedSince)],
    instance.purgeTime && ["Gone for good", time(instance.purgeTime)],
  ]);
}
