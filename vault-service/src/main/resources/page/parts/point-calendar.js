// The recovery points of an instance as a calendar, with those of the chosen day below it.
import { restoreDialog } from "../dialogs/restore.js";
import { bytes, clockText, count, longDayText, sentence, dayKey } from "../format.js";
import { html, nothing } from "../lib.js";
import { empty, shown } from "./basics.js";
import { calendar, tagMark } from "./calendar.js";

export function pointCalendar(app, vault, name, points, storage) {
  let day = null;
  const choose = (chosen) => {
    day = chosen;
    app.update();
  };

  const freed = (point) => storage.data?.points.find((one) => one.id === point.id)?.freedIfExpiredBytes ?? null;

  const row = (point) => html`<li>
    <div class="row-head"><strong><time datetime=${point.snapshotTime} title="${point.snapshotTime.slice(0, 19)} UTC">${clockText(point.snapshotTime)}</time></strong>
      ${tagMark(point.retentionTag)}
      <span class="fine">${point.kind === "Scheduled" ? "scheduled" : "on demand"}${point.legalHold ? ", on legal hold" : ""}</span>
      <span class="end"><button class="small" @click=${() => app.open(restoreDialog(app, { vault, name }, point.id))}>Restore</button></span></div>
    <p class="fine">${bytes(point.changedBytes)} changed, ${bytes(point.storedBytes)} stored, ${bytes(point.usedBytes)} in use${freed(point) === null ? nothing : `, ${bytes(freed(point))} free without it`}. ${sentence(point.why)}.</p>
  </li>`;

  return {
    view: () => html`<div class="card-head"><h2>Recovery points</h2>${points.data ? html`<span class="fine">${count(points.data.length, "point")}</span>` : nothing}</div>
      ${shown(points, (list) => {
        if (!list.length) return empty("No recovery point yet", "The first comes with the first backup: at the next slot, or now.");
        const ofDay = list.filter((point) => dayKey(point.snapshotTime) === day);
        return html`${calendar(list, { chosen: day, choose })}
          ${ofDay.length ? html`<h3>${longDayText(new Date(ofDay[0].snapshotTime))}</h3><ul class="rows">${ofDay.map(row)}</ul>`
            : html`<p class="fine">Choose a day to see its recovery points.</p>`}`;
      })}`,
  };
}
