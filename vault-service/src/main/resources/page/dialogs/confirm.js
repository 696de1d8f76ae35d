// Asks once more before something is done that is not easily undone.
import { html, nothing } from "../lib.js";
import { problemBox } from "../parts/basics.js";
import { dialogFrame, dismiss } from "../parts/dialog.js";
import { input } from "../parts/form.js";

/**
 * @param text what will happen
 * @param typed a word that has to be written first, for what cannot be undone at all
 */
export function confirmDialog(app, { title, text, action, keep = "Cancel", danger = false, typed = null, run }) {
  const form = { typed: "" };
  let problem = null;
  let busy = false;

  async function go() {
    busy = true;
    problem = null;
    app.update();
    try {
      await run();
      dismiss();
    } catch (refused) {
      problem = refused;
    }
    busy = false;
    app.update();
  }

  return {
    view: () => dialogFrame(app, title, html`<p>${text}</p>
      ${typed ? input(form, "typed", `Write ${typed} to confirm`, { change: () => app.update() }) : nothing}
      ${problemBox(problem)}`, html`
      <button @click=${dismiss}>${keep}</button>
      <button class=${danger ? "danger" : "primary"} ?disabled=${busy || (typed !== null && form.typed !== typed)} @click=${go}>${action}</button>`),
  };
}
