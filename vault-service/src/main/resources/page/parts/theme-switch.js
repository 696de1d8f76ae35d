import { html } from "../lib.js";
import { icon } from "./icons.js";

const CHOICES = [["auto", "As the system"], ["light", "Light"], ["dark", "Dark"]];

const current = () => document.documentElement.dataset.theme ?? "auto";

function choose(app, theme) {
  if (theme === "auto") {
    delete document.documentElement.dataset.theme;
    localStorage.removeItem("diskvault.theme");
  } else {
    document.documentElement.dataset.theme = theme;
    localStorage.setItem("diskvault.theme", theme);
  }
  window.dispatchEvent(new Event("themechange"));
  app.update();
}

export function themeSwitch(app) {
  return html`<fieldset class="theme">
    <legend class="unseen">Colours</legend>
    ${CHOICES.map(([theme, name]) => html`
      <label title=${name}>
        <input type="radio" name="theme" .checked=${current() === theme} @change=${() => choose(app, theme)}>
        ${icon(theme)}<span class="unseen">${name}</span>
      </label>`)}
  </fieldset>`;
}
