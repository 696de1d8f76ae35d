// A dialogue with a few fields and one thing that it makes.
import { html } from "../lib.js";
import { problemBox } from "../parts/basics.js";
import { dialogFrame, dismiss } from "../parts/dialog.js";

/**
 * @param fields draws the fields
 * @param ready whether there is something to be done
 * @param run does it, and may answer what is told then
 */
export function formDialog(app, { title, intro, fields, action, ready = () => true, run, done }) {
  let problem = null;
  let busy = false;

  /** Does something for the dialogue, and says in it what went wrong. */
  async function attempt(work) {
    busy = true;
    problem = null;
    app.update();
    try {
      await work();
    } catch (refused) {
      problem = refused;
    }
    busy = false;
    app.update();
  }

  const submit = (event) => {
    event.preventDefault();
    return attempt(async () => {
      const said = await run();
      dismiss();
      if (said) app.say(said);
      done?.();
    });
  };

  return {
    attempt,
    view: () => dialogFrame(app, title, html`
      <form id="dialog-form" @submit=${submit}><p>${intro}</p>${fields()}${problemBox(problem)}</form>`, html`
      <button @click=${dismiss}>Cancel</button>
      <button class="primary" form="dialog-form" ?disabled=${busy || !ready()}>${action}</button>`),
  };
}
