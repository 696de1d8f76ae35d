// A row of fields above a list.
import { html, liveValue } from "../lib.js";

/** @param choices pairs of value and text; the first, empty one is added */
export function choice(label, value, choices, change, any = "All") {
  return html`<label class="field"><span>${label}</span>
    <select .value=${liveValue(value ?? "")} @change=${(event) => change(event.target.value)}>
      <option value="" ?selected=${!value}>${any}</option>
      ${choices.map(([code, text]) => html`<option value=${code} ?selected=${code === value}>${text}</option>`)}
    </select></label>`;
}

export function textField(label, value, change, type = "search") {
  return html`<label class="field"><span>${label}</span>
    <input type=${type} .value=${liveValue(value ?? "")} @input=${(event) => change(event.target.value)}></label>`;
}

/** For what has to be whole before it means something. */
export function wholeText(label, value, change) {
  return html`<label class="field"><span>${label}</span>
    <input type="search" placeholder="Whole name" .value=${value ?? ""} @change=${(event) => change(event.target.value.trim())}></label>`;
}

export const filters = (label, ...fields) => html`<search class="filters" aria-label=${label}>${fields}</search>`;
