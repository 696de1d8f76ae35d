// What is stored, and what each day added.
import "./chart.js";
import { bytes } from "../format.js";
import { html } from "../lib.js";

const shortDay = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
const name = (day) => shortDay.format(new Date(`${day}T00:00:00Z`));

/** @param days oldest first, of day, addedBytes and storedBytes */
export function storageChart(days) {
  const now = days.at(-1);
  if (!days.some((day) => day.storedBytes)) return html`<p class="calm">There is no curve yet: it begins with the first backup.</p>`;
  if (days.length === 1) return html`<p class="calm">A curve is drawn from the second day on.</p>`;
  const spec = {
    label: `Stored by day, now ${bytes(now.storedBytes)}`,
    labels: days.map((day) => name(day.day)),
    format: bytes,
    series: [{ name: "Stored", tone: "info", kind: "line", values: days.map((day) => day.storedBytes) }],
  };
  return html`<dv-chart .spec=${spec}></dv-chart>
    <details class="figures"><summary>Figures</summary><div class="scroll" tabindex="0" role="region" aria-label="What was stored, by day"><table>
      <thead><tr><th scope="col">Day (UTC)</th><th scope="col">Stored</th><th scope="col">Added</th></tr></thead>
      <tbody>${days.toReversed().map((day) => html`<tr><th scope="row">${name(day.day)}</th><td>${bytes(day.storedBytes)}</td><td>${bytes(day.addedBytes)}</td></tr>`)}</tbody>
    </table></div></details>`;
}
