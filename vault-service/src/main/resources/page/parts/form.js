// Fields of forms. Each has a label, and words that say what belongs in it.
import { html, liveValue, nothing } from "../lib.js";

let numbers = 0;
const ids = new WeakMap();

/** An id for what belongs to this form and field. */
function idOf(form, name) {
  if (!ids.has(form)) ids.set(form, ++numbers);
  return `field-${ids.get(form)}-${name}`;
}

export function input(form, name, label, { hint, type = "text", change, ...more } = {}) {
  const id = idOf(form, name);
  return html`<div class="field"><label for=${id}>${label}</label>
    <input id=${id} type=${type} .value=${liveValue(form[name] ?? "")} aria-describedby=${hint ? `${id}-hint` : nothing}
      autocomplete="off" spellcheck="false" list=${more.list ?? nothing} min=${more.min ?? nothing} max=${more.max ?? nothing}
      placeholder=${more.placeholder ?? nothing}
      @input=${(event) => { form[name] = event.target.value; change?.(); }}>
    ${hint ? html`<span class="fine" id="${id}-hint">${hint}</span>` : nothing}</div>`;
}

/** @param choices pairs of value and text */
export function select(form, name, label, choices, { hint, change } = {}) {
  const id = idOf(form, name);
  return html`<div class="field"><label for=${id}>${label}</label>
    <select id=${id} .value=${liveValue(form[name] ?? "")} aria-describedby=${hint ? `${id}-hint` : nothing}
      @change=${(event) => { form[name] = event.target.value; change?.(); }}>
      ${choices.map(([value, text]) => html`<option value=${value} ?selected=${value === form[name]}>${text}</option>`)}
    </select>
    ${hint ? html`<span class="fine" id="${id}-hint">${hint}</span>` : nothing}</div>`;
}

export function tick(form, name, label, { hint, change } = {}) {
  return html`<label class="tick"><input type="checkbox" .checked=${liveValue(Boolean(form[name]))}
    @change=${(event) => { form[name] = event.target.checked; change?.(); }}>
    <span>${label}${hint ? html`<span class="fine block">${hint}</span>` : nothing}</span></label>`;
}

/** One of several, each with words. */
export function options(form, name, legend, choices, change) {
  return html`<fieldset class="options"><legend>${legend}</legend>
    ${choices.map(([value, text, hint]) => html`<label class="tick">
      <input type="radio" name=${idOf(form, name)} .checked=${liveValue(form[name] === value)} @change=${() => { form[name] = value; change?.(); }}>
      <span>${text}${hint ? html`<span class="fine block">${hint}</span>` : nothing}</span></label>`)}
  </fieldset>`;
}

/** A name that the server takes, made from a file's. */
export function nameFrom(text) {
  const last = text.split(/[\\/:]/).pop() ?? "";
  return last.replace(/\.[^.]*$/, "").replace(/[^A-Za-z0-9]+/g, "-").replace(/^[^A-Za-z]+/, "").replace(/-+$/, "").slice(0, 50);
}
