// Recovery points drawn as a calendar: a month each, the days that have some in the colour of what is kept longest.
import { count, dayKey, longDayText, monthText } from "../format.js";
import { html, nothing } from "../lib.js";
import { TAGS } from "../words.js";

const WEEKDAYS = [["Mon", "Monday"], ["Tue", "Tuesday"], ["Wed", "Wednesday"], ["Thu", "Thursday"], ["Fri", "Friday"], ["Sat", "Saturday"], ["Sun", "Sunday"]];

/** What colour a day has: that of the tag which is kept longest. */
const longest = (points) => TAGS.find((tag) => points.some((point) => point.retentionTag === tag)) ?? "Default";

/**
 * @param points with a snapshotTime and a retentionTag
 * @param chosen the day that is open, as 2026-11-21
 * @param choose called with a day; without, days cannot be chosen
 * @param until shows months up to then, also empty ones
 */
export function calendar(points, { chosen = null, choose = null, until = null } = {}) {
  const byDay = Map.groupBy(points, (point) => dayKey(point.snapshotTime));
  return html`<div class="months">${months(points, until).map((month) => monthTable(month, byDay, chosen, choose))}</div>
    ${legend(points)}`;
}

/** Months that have points, newest first; of the gaps between them only what is needed. */
function months(points, until) {
  const keys = new Set(points.map((point) => dayKey(point.snapshotTime).slice(0, 7)));
  const last = new Date(until ?? Date.now());
  keys.add(dayKey(last).slice(0, 7));
  // One month alone says little.
  if (keys.size === 1) keys.add(dayKey(new Date(last.getFullYear(), last.getMonth() - 1, 1)).slice(0, 7));
  return [...keys].sort().reverse().map((key) => new Date(Number(key.slice(0, 4)), Number(key.slice(5)) - 1, 1));
}

function monthTable(month, byDay, chosen, choose) {
  const weeks = [];
  const day = new Date(month);
  day.setDate(1 - ((day.getDay() + 6) % 7));
  do {
    weeks.push(Array.from({ length: 7 }, () => {
      const cell = new Date(day);
      day.setDate(day.getDate() + 1);
      return cell.getMonth() === month.getMonth() ? cell : null;
    }));
  } while (day.getMonth() === month.getMonth());
  return html`<table class="month">
    <caption>${monthText(month)}</caption>
    <thead><tr>${WEEKDAYS.map(([short, long]) => html`<th scope="col" abbr=${long}>${short}</th>`)}</tr></thead>
    <tbody>${weeks.map((week) => html`<tr>${week.map((date) => html`<td>${date ? dayCell(date, byDay, chosen, choose) : nothing}</td>`)}</tr>`)}</tbody>
  </table>`;
}

function dayCell(date, byDay, chosen, choose) {
  const key = dayKey(date);
  const points = byDay.get(key) ?? [];
  const today = key === dayKey(Date.now()) ? "today" : "";
  if (!points.length) return html`<span class="day ${today}">${date.getDate()}</span>`;
  const tag = longest(points);
  const label = `${longDayText(date)}: ${count(points.length, "recovery point")}, ${tag}`;
  const inside = html`<span aria-hidden="true">${date.getDate()}</span>${points.length > 1 ? html`<i aria-hidden="true">×${points.length}</i>` : nothing}`;
  return choose
    ? html`<button class="day has tag-${tag} ${today}" title=${label} aria-label=${label} aria-pressed=${key === chosen ? "true" : "false"} @click=${() => choose(key === chosen ? null : key)}>${inside}</button>`
    : html`<span class="day has tag-${tag} ${today}" title=${label} role="img" aria-label=${label}>${inside}</span>`;
}

/** How many points there are of each tag. */
function legend(points) {
  const tags = TAGS.toReversed().filter((tag) => points.some((point) => point.retentionTag === tag));
  return html`<p class="legend">${tags.map((tag) => html`<span class="tag-${tag}"><span class="dot"></span>${tag}: ${points.filter((point) => point.retentionTag === tag).length}</span>`)}</p>`;
}

export const tagMark = (tag) => html`<span class="tag tag-${tag}"><span class="dot"></span>${tag}</span>`;
