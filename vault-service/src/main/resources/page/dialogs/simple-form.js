// A dialogue with a few fields and one thing that it makes.
import { html } from "../lib.js";
import { problemBox } from "../parts/basics.js";
import { dialogFrame, dismiss } from "../parts/dialog.js";

/** @param fields draws the fields; run does it, and may answer what is told then */
export function formDialog(app, { title, intro, fields, action, run, done }) {
  let problem = null;
  let busy = false;

  async function submit(event) {
    event.preventDefault();
    busy = true;
    problem = null;
    app.update();
    try {
      const said = await run();
      dismiss();
      if (said) app.say(said);
      done?.();
    } catch (refused) {
      problem = refused;
    }
    busy = false;
    app.update();
  }

  return {
    view: () => dialogFrame(app, title, html`
      <form id="dialog-form" @submit=${submit}><p>${intro}</p>${fields()}${problemBox(problem)}</form>`, html`
      <button @click=${dismiss}>Cancel</button>
      <button class="primary" form="dialog-form" ?disabled=${busy}>${action}</button>`),
  };
}
