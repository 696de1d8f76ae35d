// Puts the page together: who is signed in, which page is shown, and what is said to everybody.
import * as api from "./api.js";
import { html, keyed, nothing, render } from "./lib.js";
import { live } from "./live.js";
import { Remote } from "./remote.js";
import { pageFor, path } from "./router.js";
import { shell } from "./parts/shell.js";
import { signInPage } from "./pages/sign-in.js";

const root = document.getElementById("app");
let scheduled = false;

export const app = {
  session: null,
  newAlerts: null,
  page: null,
  dialog: null,
  notices: [],

  /** Draws everything anew, once for all changes that were made until then. */
  update() {
    if (scheduled) return;
    scheduled = true;
    queueMicrotask(() => {
      scheduled = false;
      draw();
    });
  },

  /** Opens a dialogue: an object with a title, a view() and the like; see parts/dialog.js. */
  open(dialog) {
    app.dialog = dialog;
    app.update();
  },

  /** Says something in passing; screen readers hear it. */
  say(text, tone = "ok") {
    const notice = { text, tone };
    app.notices = [...app.notices.slice(-2), notice];
    app.update();
    setTimeout(() => {
      app.notices = app.notices.filter((other) => other !== notice);
      app.update();
    }, 6000);
  },

  go(to) {
    location.hash = `#/${to}`;
  },

  async signedIn(session) {
    live.start();
    await live.settled();
    app.session = session;
    showPage(false);
    app.newAlerts.load();
  },

  async signOut() {
    try {
      await api.signOut();
    } finally {
      end(null);
    }
  },
};

function draw() {
  const content = app.session ? shell(app) : signInShell();
  render(content, root);
}

function signInShell() {
  return html`<main class="sign-in" id="main">${keyed(app.page, app.page.view())}</main>`;
}

function end(message) {
  live.stop();
  app.session = null;
  app.dialog = null;
  app.page?.close?.();
  app.page = signInPage(app, message);
  document.title = "Sign in – Diskvault";
  app.update();
}

function showPage(moveFocus = true) {
  if (!app.session) return;
  app.page?.close?.();
  app.dialog = null;
  app.page = pageFor(app, path());
  document.title = `${app.page.title} – Diskvault`;
  app.page.load?.();
  app.update();
  window.scrollTo(0, 0);
  // Whoever does not see that another page is there hears its heading.
  if (moveFocus) queueMicrotask(() => (document.querySelector("h1") ?? document.getElementById("main"))?.focus());
}

app.newAlerts = new Remote(app, async () => (await api.get("alerts", { state: "New", limit: 100 })).items.length);

live.on((event) => {
  if (!app.session) return;
  if (event.type === "alert" || event.type === "tick") app.newAlerts.soon();
  app.page?.on?.(event);
  app.dialog?.on?.(event);
  app.update();
});

api.onSessionEnd(() => {
  if (app.session) end("Your session has ended. Sign in again.");
});
window.addEventListener("hashchange", () => showPage());
// "3 min ago" grows older by itself.
setInterval(() => app.update(), 30_000);

try {
  const session = await api.currentSession();
  if (session) await app.signedIn(session);
  else end(nothing);
} catch (problem) {
  end(problem.message);
}
