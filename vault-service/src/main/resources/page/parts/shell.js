// What is around every page: navigation, state of the connection, theme, notices and the open dialogue.
import { sentence } from "../format.js";
import { html, keyed, nothing } from "../lib.js";
import { live } from "../live.js";
import { path } from "../router.js";
import { empty, heading } from "./basics.js";
import { icon } from "./icons.js";
import { themeSwitch } from "./theme-switch.js";

const PLACES = [
  ["", "Overview", "overview"],
  ["instances", "Instances", "instances"],
  ["jobs", "Jobs", "jobs"],
  ["alerts", "Alerts", "alerts"],
  ["policies", "Policies", "policies"],
  ["disks", "Disks", "disks"],
];

export function shell(app) {
  return html`
    <a class="skip" href="#main" @click=${skip}>Skip to content</a>
    <div class="shell">
      <header class="side">
        <a class="brand" href="#/"><img src="page/icon.svg" alt="" width="26" height="26"><span>Diskvault</span></a>
        <nav aria-label="Pages">${places(app)}</nav>
        <div class="side-foot">
          ${connection()}
          ${themeSwitch(app)}
          <div class="who">
            <span class="who-name" title="Signed in as ${app.session.principal}">${app.session.principal}</span>
            <button class="link" @click=${() => app.signOut()}>Sign out</button>
          </div>
        </div>
      </header>
      <main id="main" tabindex="-1">${notLive()}${keyed(app.page, pageView(app))}</main>
    </div>
    <div class="notices" role="status" aria-live="polite">
      ${app.notices.map((notice) => html`<p class="notice tone-${notice.tone}">${notice.text}</p>`)}
    </div>
    ${app.dialog ? keyed(app.dialog, app.dialog.view()) : nothing}
  `;
}

function places(app) {
  const here = path().parts[0] ?? "";
  return html`<ul>
    ${PLACES.map(([place, name, picture]) => html`
      <li>
        <a href="#/${place}" aria-current=${here === place ? "page" : nothing}>
          ${icon(picture)}<span>${name}</span>
          ${place === "alerts" && app.newAlerts.data
            ? html`<span class="count" aria-label="${app.newAlerts.data} new">${app.newAlerts.data > 99 ? "99+" : app.newAlerts.data}</span>` : nothing}
        </a>
      </li>`)}
  </ul>`;
}

/** An error of the page's own takes one view away, and not the way to the others. */
function pageView(app) {
  try {
    return app.page.view();
  } catch (error) {
    console.error(error);
    return html`${heading("This page cannot be shown")}
      ${empty("The page itself made a mistake", "What it shows elsewhere is not touched by that. Load it again; if it stays, report it with what the browser's console says.",
        html`<button @click=${() => location.reload()}>Load again</button>`)}`;
  }
}

function notLive() {
  if (live.state !== "lost") return nothing;
  return html`<div class="box tone-warn" role="status">
    <p class="box-title">Changes are not shown as they happen: ${sentence(live.problem.message)}</p>
    <p>${live.problem.action} Meanwhile the page loads again every ${live.every} seconds.</p></div>`;
}

function connection() {
  const [text, tone, hint] = {
    live: ["Live", "ok", "Changes are shown as they happen"],
    lost: ["Not live", "warn", "The page loads again now and then"],
    connecting: ["Connecting", "warn", "The connection to the server is being made"],
    off: ["Off", "muted", ""],
  }[live.state];
  return html`<p class="connection tone-${tone}" title=${hint}><span class="dot"></span>${text}</p>`;
}

function skip(event) {
  event.preventDefault();
  document.getElementById("main").focus();
}
