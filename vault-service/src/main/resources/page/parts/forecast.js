// What a policy will leave on a date: asked from the server again whenever a rule is changed, and drawn as a calendar.
import * as api from "../api.js";
import { count, time } from "../format.js";
import { html, nothing } from "../lib.js";
import { problemBox, waiting } from "./basics.js";
import { calendar } from "./calendar.js";
import { select } from "./form.js";

const HORIZONS = [["1", "in a month"], ["3", "in three months"], ["6", "in half a year"], ["12", "in a year"], ["36", "in three years"]];
const PAUSE_MILLIS = 300;

export function forecastPanel(app, policy) {
  const form = { months: "3" };
  let answer = null;
  let problem = null;
  let turn = 0;
  let pause = null;

  function date() {
    const on = new Date();
    on.setMonth(on.getMonth() + Number(form.months));
    return on.toISOString().slice(0, 10);
  }

  async function load() {
    const asked = ++turn;
    try {
      const found = await api.post("policy-forecasts", { ...policy(), on: date() });
      if (asked !== turn) return;
      answer = found;
      problem = null;
    } catch (refused) {
      if (asked !== turn) return;
      problem = refused;
    }
    app.update();
  }

  const panel = {
    load,
    soon() {
      clearTimeout(pause);
      pause = setTimeout(load, PAUSE_MILLIS);
    },
    view: () => html`
      <div class="card-head"><h2>Forecast</h2>${select(form, "months", "What there will be", HORIZONS, { change: load })}</div>
      ${problemBox(problem)}
      <div aria-live="polite">${answer ? verdict(answer) : nothing}</div>
      ${answer ? calendar(answer.points, { until: answer.at }) : problem ? nothing : waiting()}`,
  };
  return panel;
}

const verdict = ({ admitted, peak, livePoints, at }) => html`
  <p class="box tone-${admitted ? "ok" : "bad"}"><span>
    <strong>${count(livePoints, "recovery point")}</strong> of a disk on ${time(at)}. The most at any time are <strong>${peak.livePoints}</strong>, first reached on ${time(peak.reachedAt)}${admitted ? "." : ": that is more than a disk may have, so the policy cannot be saved. Keep points for less long, or make fewer."}
  </span></p>`;
