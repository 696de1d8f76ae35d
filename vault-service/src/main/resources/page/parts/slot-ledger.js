// What became of each time at which a backup was due.
import { ago, dateText, time } from "../format.js";
import { html, nothing } from "../lib.js";
import * as words from "../words.js";
import { badge } from "./basics.js";

export function slotLedger(instance, slots) {
  return html`
    <p>${instance.nextSlot ? html`Next: <strong>${time(instance.nextSlot)}</strong> <span class="fine">(${ago(instance.nextSlot)})</span>` : "No further one is planned."}</p>
    ${slots.length ? html`<ul class="rows">${slots.slice(0, 10).map(row)}</ul>` : html`<p class="calm">None was due in the last seven days.</p>`}`;
}

const row = (slot) => html`<li>
  <div class="row-head">${badge(words.slotState(slot.state))}
    ${slot.job ? html`<a href="#/jobs/${slot.job}">${dateText(slot.slot)}</a>` : time(slot.slot)}</div>
  ${slot.reason?.message ? html`<p class="fine">${slot.reason.message}</p>` : nothing}</li>`;
