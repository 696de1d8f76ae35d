// A dialogue over the page. The browser's own <dialog> keeps the focus in it, closes it on Escape, and gives the focus
// back to where it came from.
import { html, nothing, ref } from "../lib.js";

// It is told about before it stands in the page, and can be shown only then.
const show = (element) => queueMicrotask(() => {
  if (element?.isConnected && !element.open) element.showModal();
});

/** Closes by the element, so that the focus goes back; the page follows when it is closed. */
export const dismiss = () => document.querySelector("dialog[open]")?.close();

/**
 * @param title what it is called
 * @param body what stands in it
 * @param foot its buttons
 */
export function dialogFrame(app, title, body, foot, { wide = false } = {}) {
  const closed = (event) => {
    // Another dialogue may have taken its place.
    if (!event.target.isConnected) return;
    app.dialog = null;
    app.update();
  };
  return html`<dialog class=${wide ? "wide" : nothing} aria-labelledby="dialog-title" ${ref(show)} @close=${closed}>
    <div class="dialog-head"><h2 id="dialog-title" tabindex="-1" autofocus>${title}</h2>
      <button class="quiet" aria-label="Close" @click=${dismiss}>×</button></div>
    <div class="dialog-body">${body}</div>
    <div class="dialog-foot">${foot}</div>
  </dialog>`;
}
