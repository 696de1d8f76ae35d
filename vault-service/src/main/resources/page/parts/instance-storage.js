// What the recovery points of one instance take.
import { ago, bytes, sentence } from "../format.js";
import { html, nothing } from "../lib.js";
import { facts } from "./basics.js";
import { storageChart } from "./storage-chart.js";

const explained = (value, ...text) => html`${value} <span class="fine block">${text}</span>`;

/** The page asks again by itself. */
const noted = ({ uniqueNote }) => sentence((uniqueNote ?? "").replace("; ask again", ""));

export function instanceStorage(storage) {
  if (!storage.points.length) return html`<p class="calm">Nothing is stored for it yet.</p>`;
  return html`
    ${facts([
      ["Size of the disk", bytes(storage.logicalBytes)],
      ["Its points hold", explained(bytes(storage.usedBytes), "what the oldest holds, and what has changed since")],
      ["Stored by them", explained(bytes(storage.storedBytes), "when they were made, compressed")],
      ["Needed by it alone", storage.uniqueBytes === null ? html`<span class="fine">${noted(storage)}</span>`
        : explained(bytes(storage.uniqueBytes), "would be free without the instance, with what expired points brought and later ones still need; as of ", ago(storage.uniqueTime),
          storage.uniqueNote ? html`. ${noted(storage)}` : nothing)],
    ])}
    ${storageChart(storage.days)}`;
}
