// What happened to a job, in the server's words.
import { clockText, dateText, sentence } from "../format.js";
import { html, nothing } from "../lib.js";

const TONES = {
  Started: "info", Measured: "info", Requeued: "warn", RetryScheduled: "warn", CancellationRequested: "warn", Completed: "ok", Failed: "bad",
};

/** Who it was, unless the server did it by itself. */
export const person = (principal) => (/^system(:|$)/.test(principal) ? null : principal);

/** @param entries oldest first */
export const jobLog = (entries) => html`<ol class="timeline">${entries.map((entry) => html`
  <li class="tone-${TONES[entry.event] ?? "muted"}"><span class="dot"></span>
    <time datetime=${entry.time} title="${dateText(entry.time)}, ${entry.time.slice(0, 19).replace("T", " ")} UTC">${dateText(entry.time).split(", ")[0]}, ${clockText(entry.time)}</time>
    <span>${sentence(entry.message)}${person(entry.principal) ? html` <span class="fine">by ${entry.principal}</span>` : nothing}</span></li>`)}
</ol>`;
