// What one instance takes.
import { bytes } from "../format.js";
import { html } from "../lib.js";
import { facts } from "./basics.js";
import { storageChart } from "./storage-chart.js";

export const instanceStorage = (storage) => html`<section class="card"><h2>Storage</h2>
  ${facts([
    ["Size of the disk", bytes(storage.logicalBytes)],
    ["In use on it", bytes(storage.usedBytes)],
    ["Stored for it", bytes(storage.storedBytes)],
    ["Of that only its own", bytes(storage.uniqueBytes)],
  ])}
  ${storageChart(storage.days)}</section>`;
