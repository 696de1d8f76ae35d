// Restoring in three steps: which state, where to, and once more before it begins. It ends in the job.
import * as api from "../api.js";
import { bytes, time } from "../format.js";
import { html, nothing, repeat } from "../lib.js";
import { facts, problemBox, waiting } from "../parts/basics.js";
import { tagMark } from "../parts/calendar.js";
import { checkResult, lacksRoles } from "../parts/check.js";
import { dialogFrame, dismiss } from "../parts/dialog.js";
import { input, options, select, tick } from "../parts/form.js";
import { stepHead, steps } from "../parts/steps.js";
import { DISK_FORMATS } from "../words.js";

/** @param instance its vault and name; disk and health are looked up */
export function restoreDialog(app, { vault, name }, chosen = null) {
  const base = api.at`backup-vaults/${vault}/backup-instances/${name}`;
  const form = { point: chosen, kind: "new", group: "", diskName: `${name}-restored`, format: "raw", continueOnDamage: false, grantMissing: true, confirm: "" };
  let points = null;
  let groups = [];
  let disk = "";
  let check = null;
  // One for the whole dialogue: a restore that was asked for twice is done once.
  const key = crypto.randomUUID?.();
  const step = steps(app);

  step.run(async () => {
    const [found, all, instance] = await Promise.all([api.all(`${base}/recovery-points`), api.all("resource-groups"), api.get(base)]);
    points = found;
    groups = all.filter((group) => group.disksRoot);
    form.point ??= points[0]?.id ?? null;
    disk = instance.disk;
    const home = disk.split("/")[0];
    form.group = (groups.find((group) => group.name === home) ?? groups[0])?.name ?? "";
  });

  const over = () => form.kind === "original";
  const targetName = () => (over() ? disk : `${form.group}/${form.diskName}`);
  const order = () => ({
    recoveryPoint: form.point,
    continueOnDamage: form.continueOnDamage,
    target: over()
      ? { originalDisk: true, grantMissing: form.grantMissing, confirm: form.confirm || null }
      : { resourceGroup: form.group, diskName: form.diskName, format: form.format, grantMissing: form.grantMissing },
  });
  const chosenPoint = () => points.find((point) => point.id === form.point);

  const toConfirm = () => step.go(3, async () => {
    check = await api.post(`${base}/validate-for-restore`, { ...order(), target: { ...order().target, grantMissing: false, confirm: null } });
  });

  const begin = () => step.run(async () => {
    const job = await api.start(`${base}/restores`, order(), key);
    dismiss();
    app.say("The restore was started.");
    app.go(api.at`jobs/${job}`);
  });

  const which = () => html`
    <fieldset class="options"><legend>Which state of ${name}?</legend>
      <ul class="points">${repeat(points, (point) => point.id, (point) => html`<li><label>
        <input type="radio" name="point" .checked=${form.point === point.id} @change=${() => { form.point = point.id; app.update(); }}>
        <span>${time(point.snapshotTime)} <span class="fine">${bytes(point.usedBytes)} in use, ${point.kind === "Scheduled" ? "scheduled" : "on demand"}${point.lastProof ? ", proven by a restore test" : ""}</span></span>
        ${tagMark(point.retentionTag)}</label></li>`)}</ul></fieldset>`;

  const where = () => html`
    ${options(form, "kind", "Where to?", [["new", "A new disk", "Nothing that exists is touched"], ["original", `Over the original disk, ${disk}`, "What is on it now is lost. It must not be in use"]], () => app.update())}
    ${over() ? nothing : html`
      ${select(form, "group", "Resource group", groups.map((group) => [group.name, `${group.name} – ${group.disksRoot}`]))}
      ${input(form, "diskName", "Name of the new disk")}
      ${select(form, "format", "Format", DISK_FORMATS)}`}
    ${tick(form, "continueOnDamage", "Go on past damaged data", { hint: "What cannot be read is left out and told, instead of failing the restore" })}`;

  const blocked = () => check && (check.problems.some((problem) => !(form.grantMissing && lacksRoles({ problems: [problem] }))));
  const confirm = () => html`
    ${facts([
      ["State of", html`${time(chosenPoint()?.snapshotTime)}`],
      ["Goes to", html`<strong>${targetName()}</strong>${over() ? ", written over" : ", a new disk"}`],
      ["Size", bytes(chosenPoint()?.logicalBytes)],
    ])}
    ${checkResult(check, form.grantMissing)}
    ${lacksRoles(check) ? tick(form, "grantMissing", "Give the vault's identity the roles that it lacks", { hint: "Takes the right to give roles", change: () => app.update() }) : nothing}
    ${over() ? input(form, "confirm", `Write ${disk} to confirm that it is written over`, { change: () => app.update() }) : nothing}`;

  const next = [null, ["Next", () => step.go(2)], ["Check", toConfirm], ["Restore", begin]];
  const ready = () => points?.length && (step.at !== 3 || (!blocked() && (!over() || form.confirm === disk)));

  return {
    view: () => dialogFrame(app, `Restore ${name}`, html`
      ${stepHead(["Point", "Target", "Confirm"], step.at)}
      ${points ? points.length ? [null, which, where, confirm][step.at]() : html`<p>There is no recovery point yet.</p>` : step.problem ? nothing : waiting()}
      ${problemBox(step.problem)}`, html`
      ${step.at > 1 ? html`<button @click=${() => step.go(step.at - 1)}>Back</button>` : html`<button @click=${dismiss}>Cancel</button>`}
      <button class=${step.at === 3 && over() ? "danger" : "primary"} ?disabled=${step.busy || !ready()} @click=${next[step.at][1]}>${next[step.at][0]}</button>`),
  };
}
