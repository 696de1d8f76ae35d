// How many jobs ended how: by operation, in the last day and in the last seven.
import { number } from "../format.js";
import { html } from "../lib.js";
import * as words from "../words.js";
import { segments } from "./basics.js";

export function jobCounts({ lastDay, lastSevenDays }) {
  const operations = [...new Set([...lastDay, ...lastSevenDays].map((entry) => entry.operation))].sort();
  if (!operations.length) return html`<p class="calm">No job in the last seven days.</p>`;
  return html`<div class="scroll"><table class="counts">
    <caption class="unseen">Jobs by operation and status</caption>
    <thead><tr><th scope="col">Operation</th><th scope="col">Last 24 hours</th><th scope="col">Last seven days</th></tr></thead>
    <tbody>${operations.map((operation) => html`<tr>
      <th scope="row"><a href="#/jobs?operation=${operation}">${words.operation(operation)}</a></th>
      <td data-head="Last 24 hours">${counts(operation, lastDay)}</td><td data-head="Last seven days">${counts(operation, lastSevenDays)}</td></tr>`)}</tbody>
  </table></div>`;
}

function counts(operation, entries) {
  const parts = words.JOB_STATUSES
    .map((status) => ({ status, ...words.jobStatus(status), count: sum(entries, operation, status) }))
    .filter((part) => part.count > 0);
  if (!parts.length) return html`<span class="fine">none</span>`;
  return html`${segments(parts.map((part) => ({ ...part, text: part.text.toLowerCase() })), words.operation(operation))}
    <p class="legend">${parts.map((part) => html`<a class="tone-${part.tone}" href="#/jobs?operation=${operation}&status=${part.status}"><span class="dot"></span>${number(part.count)} ${part.text.toLowerCase()}</a>`)}</p>`;
}

const sum = (entries, operation, status) => entries
  .filter((entry) => entry.operation === operation && entry.status === status)
  .reduce((total, entry) => total + entry.count, 0);

