// A policy's editor: what the rules will leave is drawn while they are changed.
import * as api from "../api.js";
import { html, nothing } from "../lib.js";
import { heading, problemBox, shown } from "../parts/basics.js";
import { forecastPanel } from "../parts/forecast.js";
import { input } from "../parts/form.js";
import { retentionFields, scheduleFields } from "../parts/policy-fields.js";
import { confirmDialog } from "../dialogs/confirm.js";
import { formOf, newForm, policyOf } from "../policy-form.js";
import { Remote } from "../remote.js";

const NEW = "+new";

export function policyPage(app, { vault, policy: name }) {
  const isNew = name === NEW;
  const own = (policyName) => api.at`backup-vaults/${vault}/backup-policies/${policyName}`;
  const naming = { name: "" };
  let form = isNew ? newForm() : null;
  let problem = null;
  let busy = false;
  const saved = new Remote(app, async () => {
    const policy = await api.get(own(name));
    form = formOf(policy);
    return policy;
  });
  const forecast = forecastPanel(app, () => policyOf(form));
  const changed = () => {
    problem = null;
    forecast.soon();
    app.update();
  };

  async function save(event) {
    event.preventDefault();
    busy = true;
    problem = null;
    app.update();
    try {
      const target = isNew ? naming.name : name;
      await api.put(own(target), policyOf(form), isNew ? {} : { "If-Match": `"${saved.data.version}"` });
      app.say(`The policy ${target} is saved.`);
      if (isNew) app.go(api.at`policies/${vault}/${target}`);
      else await saved.load();
    } catch (refused) {
      problem = refused;
    }
    busy = false;
    app.update();
  }

  const remove = () => app.open(confirmDialog(app, {
    title: `Delete the policy ${name}?`, text: "It must not be in use. Recovery points that it made keep their time.", action: "Delete the policy", danger: true,
    async run() {
      await api.remove(own(name));
      app.go("policies");
    },
  }));

  const editor = () => html`<div class="editor">
    <form class="card" @submit=${save}>
      ${isNew ? input(naming, "name", "Name", { hint: "Letters, digits and hyphens, such as gold" }) : nothing}
      <h2>When</h2>${scheduleFields(form, changed)}
      <h2>How long</h2>${retentionFields(form, changed)}
      ${problemBox(problem)}
      <p><button class="primary" ?disabled=${busy}>${isNew ? "Create the policy" : "Save the policy"}</button></p>
      <p class="fine">Changes count for recovery points that are made from then on; those that exist keep their time.</p>
    </form>
    <section class="card">${forecast.view()}</section>
  </div>`;

  return {
    title: isNew ? "New policy" : `Policy ${name}`,
    async load() {
      if (!isNew) await saved.load();
      if (form) forecast.load();
    },
    view: () => html`
      <p class="crumbs"><a href="#/policies">Policies</a> in ${vault}</p>
      ${heading(isNew ? "New policy" : html`${name} ${saved.data ? html`<small>version ${saved.data.version}</small>` : nothing}`,
        isNew ? nothing : html`<button @click=${remove}>Delete</button>`)}
      ${isNew ? editor() : shown(saved, editor)}`,
  };
}
