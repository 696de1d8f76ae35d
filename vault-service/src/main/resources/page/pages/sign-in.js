// Signing in: a token is turned into a session; the page itself keeps no secret.
import { signIn } from "../api.js";
import { html, nothing } from "../lib.js";
import { problemBox } from "../parts/basics.js";

export function signInPage(app, message) {
  let problem = null;
  let busy = false;

  async function submit(event) {
    event.preventDefault();
    const field = event.target.elements.token;
    busy = true;
    problem = null;
    app.update();
    try {
      const session = await signIn(field.value.trim());
      field.value = "";
      await app.signedIn(session);
    } catch (refused) {
      problem = explained(refused);
    }
    busy = false;
    app.update();
  }

  return {
    title: "Sign in",
    view: () => html`
      <form class="card" @submit=${submit}>
        <img src="page/icon.svg" alt="" width="44" height="44">
        <h1>Diskvault</h1>
        ${message ? html`<p class="box tone-info" role="status">${message}</p>` : nothing}
        <label class="field"><span>API token</span>
          <input name="token" type="password" autocomplete="current-password" required autofocus spellcheck="false"></label>
        ${problemBox(problem)}
        <button class="primary" ?disabled=${busy}>${busy ? "Signing in" : "Sign in"}</button>
        <p class="fine">The first start of the server prints an administrator's token. Further ones come from
          <code>diskvault token create</code>.</p>
      </form>`,
  };
}

function explained(refused) {
  if (refused.status !== 401) return refused;
  return Object.assign(new Error("This token is not valid: it is mistyped, has expired or was revoked."), {
    action: "Copy the token again, or ask somebody who may issue tokens for a new one.",
  });
}
