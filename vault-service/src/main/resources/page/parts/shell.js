// What is around every page: navigation, state of the connection, theme, notices and the open dialogue.
import { html, keyed, nothing } from "../lib.js";
import { live } from "../live.js";
import { path } from "../router.js";
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
      <main id="main" tabindex="-1">${keyed(app.page, app.page.view())}</main>
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
          ${place === "alerts" && app.openAlerts
            ? html`<span class="count" aria-label="${app.openAlerts} new">${app.openAlerts > 99 ? "99+" : app.openAlerts}</span>` : nothing}
        </a>
      </li>`)}
  </ul>`;
}

function connection() {
  const [text, tone, hint] = {
    live: ["Live", "ok", "Changes are shown as they happen"],
    polling: ["Every second", "muted", "The page asks the server for changes every second"],
    connecting: ["Connecting", "warn", "The connection to the server is being made"],
    off: ["Off", "muted", ""],
  }[live.state];
  return html`<p class="connection tone-${tone}" title=${hint}><span class="dot"></span>${text}</p>`;
}

function skip(event) {
  event.preventDefault();
  document.getElementById("main").focus();
}
