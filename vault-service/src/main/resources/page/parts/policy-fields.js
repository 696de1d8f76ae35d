// The fields of a policy.
import { frequency, FREQUENCY_CODES } from "../format.js";
import { html, liveValue } from "../lib.js";
import { TAGS } from "../words.js";
import { input, select } from "./form.js";
import { tagMark } from "./calendar.js";

const UNITS = [["D", "days"], ["W", "weeks"], ["M", "months"], ["Y", "years"]];
const MEANINGS = {
  Default: "Every other point", Daily: "First of each day", Weekly: "First of each week", Monthly: "First of each month", Yearly: "First of each year",
};
const ZONES = Intl.supportedValuesOf?.("timeZone") ?? [];

export const scheduleFields = (form, change) => html`
  ${select(form, "frequency", "Backups run", FREQUENCY_CODES.map((code) => [code, frequency(code)]), { change })}
  <div class="pair">
    ${input(form, "day", "First on", { type: "date", change })}
    ${input(form, "clock", "At", { type: "time", change, hint: form.offset === "+00:00" ? "UTC" : `UTC${form.offset}` })}
  </div>
  ${input(form, "timeZone", "Time zone", { list: "zones", change, hint: "Whose calendar counts, and whose clock for daily and weekly backups; empty for UTC" })}
  <datalist id="zones">${ZONES.map((zone) => html`<option value=${zone}></option>`)}</datalist>`;

export const retentionFields = (form, change) => html`<div role="group" aria-label="Retention rules" class="stack">
  ${TAGS.toReversed().map((tag) => rule(tag, form.rules[tag], change))}</div>`;

function rule(tag, fields, change) {
  const set = (field) => (event) => {
    fields[field] = event.target.type === "checkbox" ? event.target.checked : event.target.value;
    change();
  };
  return html`<div class="rule">
    <label class="tick"><input type="checkbox" .checked=${liveValue(fields.on)} ?disabled=${tag === "Default"} @change=${set("on")}>
      <span>${tagMark(tag)}<span class="fine block">${MEANINGS[tag]}</span></span></label>
    <input type="number" min="1" max="36525" aria-label="Keep ${tag} points for, number" .value=${liveValue(fields.amount)} ?disabled=${!fields.on} @input=${set("amount")}>
    <select aria-label="Keep ${tag} points for, unit" .value=${liveValue(fields.unit)} ?disabled=${!fields.on} @change=${set("unit")}>
      ${UNITS.map(([unit, text]) => html`<option value=${unit} ?selected=${unit === fields.unit}>${text}</option>`)}</select>
  </div>`;
}
