// A policy as its editor has it, and as the API has it.
import { TAGS } from "./words.js";

const INTERVAL = /^R\/(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(:\d{2})([+-]\d{2}:\d{2})\/(\w+)$/;
const STARTING_POINT = { Default: "P7D", Daily: "P30D", Weekly: "P12W", Monthly: "P12M", Yearly: "P5Y" };

/** The fields of a new policy: every four hours, a week of everything and a month of days. */
export function newForm() {
  return formOf({
    schedule: { repeatingTimeIntervals: [`R/${new Date().toISOString().slice(0, 10)}T00:00:00+00:00/PT4H`], timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone || null },
    retention: [{ tag: "Default", duration: "P7D" }, { tag: "Daily", duration: "P30D" }],
  });
}

export function formOf({ schedule, retention }) {
  const [, day, clock, seconds, offset, frequency] = INTERVAL.exec(schedule.repeatingTimeIntervals[0]);
  const rules = Object.fromEntries(TAGS.map((tag) => {
    const rule = retention.find((one) => one.tag === tag);
    const [, amount, unit] = /^P(\d+)([DWMY])$/.exec(rule?.duration ?? STARTING_POINT[tag]);
    return [tag, { on: Boolean(rule), amount, unit }];
  }));
  return { frequency, day, clock, seconds, offset, timeZone: schedule.timeZone ?? "", rules };
}

export function policyOf(form) {
  return {
    schedule: {
      repeatingTimeIntervals: [`R/${form.day}T${form.clock}${form.seconds}${form.offset}/${form.frequency}`],
      timeZone: form.timeZone.trim() || null,
    },
    retention: TAGS.toReversed().filter((tag) => form.rules[tag].on).map((tag) => ({ tag, duration: `P${form.rules[tag].amount}${form.rules[tag].unit}` })),
  };
}
