// What stands against something before it is asked for.
import { sentence } from "../format.js";
import { html, nothing } from "../lib.js";

const isLack = (problem) => problem.code?.startsWith("UserErrorNotEnoughPermission");

/** Whether the vault's identity lacks roles, which the server can give it on request. */
export const lacksRoles = (check) => Boolean(check?.problems.some(isLack));

/** @param granted whether lacking roles are given along with it, so that they stand against nothing */
export function checkResult(check, granted) {
  if (!check) return nothing;
  const problems = check.problems.filter((problem) => !granted || !isLack(problem));
  return html`<div aria-live="polite">
    ${problems.length || check.warnings.length ? nothing : html`<p class="box tone-ok">Nothing stands against it.</p>`}
    ${problems.map((problem) => item(problem, "bad"))}
    ${check.warnings.map((warning) => item(warning, "warn"))}
  </div>`;
}

const item = ({ detail, recommendedAction }, tone) => html`<div class="box tone-${tone}">
  <p class="box-title">${sentence(detail)}</p><p><strong>What to do:</strong> ${sentence(recommendedAction)}</p></div>`;
