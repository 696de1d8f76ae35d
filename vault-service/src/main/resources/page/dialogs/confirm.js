// Asks once more before something is done that is not easily undone.
import { html } from "../lib.js";
import { problemBox } from "../parts/basics.js";
import { dialogFrame, dismiss } from "../parts/dialog.js";

export function confirmDialog(app, { title, text, action, keep = "Cancel", danger = false, run }) {
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
    view: () => dialogFrame(app, title, html`<p>${text}</p>${problemBox(problem)}`, html`
      <button @click=${dismiss}>${keep}</button>
      <button class=${danger ? "danger" : "primary"} ?disabled=${busy} @click=${go}>${action}</button>`),
  };
}
