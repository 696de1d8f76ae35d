// A button with further ones behind it.
import { html } from "../lib.js";

const shut = (menu) => menu.removeAttribute("open");

function pressed(event) {
  if (event.key !== "Escape" || !event.currentTarget.open) return;
  shut(event.currentTarget);
  event.currentTarget.querySelector("summary").focus();
}

const left = (event) => {
  if (event.relatedTarget && !event.currentTarget.contains(event.relatedTarget)) shut(event.currentTarget);
};

document.addEventListener("pointerdown", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) shut(menu);
});

/** @param choices pairs of text and what it does; what is empty is left out */
export const menu = (text, choices) => html`<details class="menu" @keydown=${pressed} @focusout=${left}>
  <summary class="button">${text}</summary>
  <div class="choices">${choices.filter(Boolean).map(([name, run]) => html`
    <button @click=${(event) => { shut(event.target.closest("details")); run(); }}>${name}</button>`)}</div>
</details>`;
