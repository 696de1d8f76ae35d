// Dialogues that go in steps.
import { html, nothing } from "../lib.js";

/** Which step it is, whether something is under way, and what went wrong last. */
export function steps(app) {
  const state = {
    at: 1,
    busy: false,
    problem: null,

    async run(work) {
      state.busy = true;
      state.problem = null;
      app.update();
      try {
        await work();
        return true;
      } catch (refused) {
        state.problem = refused;
        return false;
      } finally {
        state.busy = false;
        app.update();
      }
    },

    /** To another step, if what has to be done before succeeds. The title is read out then. */
    async go(step, work = async () => {}) {
      if (!(await state.run(work))) return;
      state.at = step;
      app.update();
      queueMicrotask(() => document.querySelector("dialog .steps [aria-current]")?.focus());
    },
  };
  return state;
}

export const stepHead = (names, at) => html`<ol class="steps">
  ${names.map((name, i) => html`<li class=${i + 1 < at ? "done" : nothing} aria-current=${i + 1 === at ? "step" : nothing} tabindex=${i + 1 === at ? "-1" : nothing}>${name}</li>`)}
</ol>`;
