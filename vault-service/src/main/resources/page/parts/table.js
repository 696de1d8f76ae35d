// Tables that become lists of cards on a phone.
import { html, nothing, repeat } from "../lib.js";

/**
 * @param columns of a head, a cell(row), and maybe a class
 * @param key what tells the rows apart
 */
export function table(caption, columns, rows, key) {
  return html`<div class="scroll"><table class="cards">
    <caption class="unseen">${caption}</caption>
    <thead><tr>${columns.map((column) => html`<th scope="col" class=${column.class ?? nothing}>${column.head}</th>`)}</tr></thead>
    <tbody>
      ${repeat(rows, key, (row) => html`<tr>
        ${columns.map((column) => html`<td data-head=${column.head} class=${column.class ?? nothing}>${column.cell(row)}</td>`)}
      </tr>`)}
    </tbody>
  </table></div>`;
}

export function moreButton(list) {
  return list.cursor
    ? html`<p class="more"><button ?disabled=${list.loadingMore} @click=${() => list.more()}>${list.loadingMore ? "Loading" : "Show more"}</button></p>`
    : nothing;
}
