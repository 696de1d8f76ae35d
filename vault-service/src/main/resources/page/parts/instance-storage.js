// What the recovery points of one instance take.
import { ago, bytes, sentence } from "../format.js";
import { html, nothing } from "../lib.js";
import { facts } from "./basics.js";
import { storageChart } from "./storage-chart.js";

const explained = (value, ...text) => html`${value} <span class="fine block">${text}</span>`;

export function instanceStorage(storage) {
  if (!storage.points.length) return html`<p class="calm">Nothing is stored for it yet.</p>`;
  return html`
    ${facts([
      ["Size of the disk", bytes(storage.logicalBytes)],
      ["Its points hold", explained(bytes(storage.usedBytes), "what the oldest holds, and what has changed since")],
      ["Stored for them", explained(bytes(storage.storedBytes), "compressed, when they were made")],
      ["Needed by it alone", explained(storage.uniqueBytes === null ? "not known yet" : bytes(storage.uniqueBytes),
        "would be free without the instance", storage.uniqueTime ? html`, as of ${ago(storage.uniqueTime)}` : nothing,
        storage.uniqueNote ? html`. ${sentence(storage.uniqueNote)}` : nothing)],
    ])}
    ${storageChart(storage.days)}`;
}
