import { html } from "../lib.js";
import { empty, heading } from "../parts/basics.js";

export function missingPage() {
  return {
    title: "Not found",
    view: () => html`${heading("There is no such page")}
      ${empty("This address leads nowhere", "It may come from another version of Diskvault.", html`<a class="button" href="#/">To the overview</a>`)}`,
  };
}
