// Seven days of jobs, a square each.
import { clockText, dayKey, weekdayText } from "../format.js";
import { html, nothing } from "../lib.js";
import * as words from "../words.js";

export function weekOfJobs(jobs) {
  const byDay = Map.groupBy(jobs, (job) => dayKey(job.queuedTime));
  const days = Array.from({ length: 7 }, (_, back) => {
    const date = new Date();
    date.setDate(date.getDate() - 6 + back);
    return date;
  });
  return html`<ol class="week" aria-label="Jobs of the last seven days">${days.map((date) => {
    const ofDay = (byDay.get(dayKey(date)) ?? []).toSorted((one, other) => (one.queuedTime < other.queuedTime ? -1 : 1));
    return html`<li><span class="fine">${weekdayText(date)}</span>
      <span class="jobs">${ofDay.slice(-24).map(square)}</span>
      ${ofDay.length ? nothing : html`<span class="unseen">no job</span>`}</li>`;
  })}</ol>`;
}

function square(job) {
  const status = words.jobStatus(job.status);
  const text = `${words.operation(job.operation)} at ${clockText(job.queuedTime)}: ${status.text}`;
  return html`<a class="tone-${status.tone}" href="#/jobs/${job.id}" title=${text} aria-label=${text}></a>`;
}
