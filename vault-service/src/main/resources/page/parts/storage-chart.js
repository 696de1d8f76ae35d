// What is stored, and what each day added.
import "./chart.js";
import { bytes } from "../format.js";
import { html } from "../lib.js";

const shortDay = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
const name = (day) => shortDay.format(new Date(`${day}T00:00:00Z`));

export function storageChart(days) {
  if (!days?.length) return html`<p class="calm">There is no curve yet: it begins with the first backup.</p>`;
  const stored = days.some((day) => day.storedBytes !== undefined);
  const spec = {
    label: stored ? `Stored bytes by day, now ${bytes(days.at(-1).storedBytes)}` : "Bytes added by day",
    labels: days.map((day) => name(day.day)),
    format: bytes,
    series: [stored
      ? { name: "Stored", tone: "info", kind: "line", values: days.map((day) => day.storedBytes) }
      : { name: "Added that day", tone: "info", kind: "bar", values: days.map((day) => day.addedBytes) }],
  };
  return html`<dv-chart .spec=${spec}></dv-chart>
    <details class="figures"><summary>Figures</summary><div class="scroll"><table>
      <thead><tr><th scope="col">Day (UTC)</th>${stored ? html`<th scope="col">Stored</th>` : ""}<th scope="col">Added</th></tr></thead>
      <tbody>${days.toReversed().map((day) => html`<tr><th scope="row">${name(day.day)}</th>${stored ? html`<td>${bytes(day.storedBytes)}</td>` : ""}<td>${bytes(day.addedBytes)}</td></tr>`)}</tbody>
    </table></div></details>`;
}
