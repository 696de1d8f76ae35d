// Small things that every page is made of.
import { html, nothing } from "../lib.js";
import { download } from "../api.js";
import { bytes, seconds, sentence } from "../format.js";
import * as words from "../words.js";

/** A word with a coloured dot. The word alone says it; the colour only helps to find it. */
export const badge = ({ text, tone }, title = nothing) => html`<span class="badge tone-${tone}" title=${title}><span class="dot"></span>${text}</span>`;

export const heading = (text, ...actions) => html`
  <div class="heading"><h1 tabindex="-1">${text}</h1><div class="actions">${actions}</div></div>`;

/** What went wrong, and what to do about it. */
export function problemBox(problem, retry) {
  if (!problem) return nothing;
  return html`<div class="box tone-bad" role="alert">
    <p class="box-title">${sentence(problem.message)}</p>
    ${problem.action ? html`<p><strong>What to do:</strong> ${sentence(problem.action)}</p>` : nothing}
    ${problem.code ? html`<p class="fine">For scripts and support: <code>${problem.code}</code></p>` : nothing}
    ${retry ? html`<p><button @click=${retry}>Try again</button></p>` : nothing}
  </div>`;
}

/** A part of a page that comes from the server: a shimmer first, then what it is, or why it is not there. */
export function shown(remote, view) {
  const problem = problemBox(remote.problem, () => remote.load());
  if (remote.data === null) return remote.problem ? problem : waiting();
  // That the server is out of reach is said once for the whole page, see parts/shell.js.
  return html`${remote.problem?.status === 0 ? nothing : problem}${view(remote.data)}`;
}

export const waiting = () => html`<div class="waiting" role="status"><span class="unseen">Loading</span></div>`;

/** Says that there is nothing yet, and what to do first. */
export const empty = (title, text, action = nothing) => html`
  <div class="empty"><p class="empty-title">${title}</p><p>${text}</p>${action}</div>`;

export function progress(job) {
  const { percent, doneBytes, totalBytes } = job.progress;
  const running = job.status === "InProgress";
  const left = running && job.startTime && percent > 2
    ? ((Date.now() - new Date(job.startTime)) / 1000 / percent) * (100 - percent) : null;
  const label = totalBytes ? `${percent.toFixed(0)} %, ${bytes(doneBytes)} of ${bytes(totalBytes)}` : "Preparing";
  return html`<div class="progress">
    <progress max="100" .value=${percent} aria-label="Progress of the job"></progress>
    <span class="fine">${label}${left !== null && left > 3 ? `, about ${seconds(left)} left` : ""}</span>
  </div>`;
}

export const jobBadge = (job) => badge(words.jobStatus(job.status));

/** A list of terms and what they are here. */
export const facts = (rows) => html`<dl class="facts">
  ${rows.filter(Boolean).map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`)}
</dl>`;

/** A bar of parts in their tones; the words stand beside it. */
export function segments(parts, label) {
  const total = parts.reduce((sum, part) => sum + part.count, 0);
  const drawn = parts.filter((part) => part.count > 0);
  return html`<div class="segments" role="img" aria-label="${label}: ${drawn.map((part) => `${part.count} ${part.text}`).join(", ") || "none"}">
    ${drawn.map((part) => html`<span class="tone-${part.tone}" title="${part.count} ${part.text}" .style=${`flex-grow:${part.count / total}`}></span>`)}
  </div>`;
}

/** Gives a list, as it is filtered, to the browser as a file. */
export const csvButton = (app, path, parameters, name) => html`
  <button @click=${() => download(path, parameters(), name).catch((problem) => app.say(problem.message, "bad"))}>Export CSV</button>`;

/** How full something is. */
export function meter(used, capacity, label) {
  const percent = capacity > 0 ? (100 * used) / capacity : 0;
  const tone = percent >= 95 ? "bad" : percent >= 85 ? "warn" : "info";
  return html`<div class="meter tone-${tone}" role="img" aria-label="${label}: ${percent.toFixed(0)} % full">
    <span .style=${`width:${Math.min(100, percent)}%`}></span></div>`;
}
