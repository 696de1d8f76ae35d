// Sizes, times and durations for people. Times are in the viewer's zone; the exact instant in UTC stands behind each.
import { html } from "./lib.js";

const UNITS = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

export function bytes(count) {
  if (count === null || count === undefined) return "–";
  let value = count;
  let unit = 0;
  while (Math.abs(value) >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  const digits = unit === 0 || value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return `${value.toFixed(digits)} ${UNITS[unit]}`;
}

export const number = (value) => new Intl.NumberFormat("en-GB").format(value ?? 0);
export const count = (value, one, many = `${one}s`) => `${number(value)} ${value === 1 ? one : many}`;

const dayAndTime = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
const withYear = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" });
const timeOnly = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const weekday = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric" });
const longDay = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long", year: "numeric" });
const monthName = new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric" });

const sameYear = (date) => date.getFullYear() === new Date().getFullYear();
const utc = (date) => `${date.toISOString().slice(0, 19).replace("T", " ")} UTC`;

export const dateText = (instant) => {
  const date = new Date(instant);
  return (sameYear(date) ? dayAndTime : withYear).format(date);
};
export const clockText = (instant) => timeOnly.format(new Date(instant));
export const weekdayText = (date) => weekday.format(date);
export const longDayText = (date) => longDay.format(date);
export const monthText = (date) => monthName.format(date);

/** 2026-11-21, in the viewer's zone. */
export const dayKey = (instant) => {
  const date = new Date(instant);
  const two = (value) => String(value).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
};

/** A point in time: 21 Nov, 10:04. */
export function time(instant) {
  if (!instant) return "–";
  const date = new Date(instant);
  return html`<time datetime=${date.toISOString()} title=${utc(date)}>${dateText(instant)}</time>`;
}

const EXACT = /(R\/[\dT:-]+(?:Z|[+-]\d{2}:\d{2})\/\w+|\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z|\bP\d+[DWMY]\b|\b\d{4,} bytes\b)/;

// Of the cause of an alert; the job has it, too, as something for support.
const CODE = /\b[A-Z][A-Za-z]*Error[A-Z]\w+: /g;

/** What the server says in a sentence, with its instants as times of the viewer, and durations and sizes in words. */
export const sentence = (text) => String(text ?? "").replaceAll(CODE, "").split(EXACT).map((part, i) => (i % 2 ? readable(part) : part));

function readable(exact) {
  if (exact.startsWith("R/")) return frequency(exact.split("/")[2]).toLowerCase();
  if (exact.endsWith("Z")) return time(exact);
  return exact.startsWith("P") ? period(exact) : bytes(parseInt(exact, 10));
}

/** A point in time by its distance from now: 3 min ago, in 2 h. */
export function ago(instant) {
  if (!instant) return "–";
  const date = new Date(instant);
  return html`<time datetime=${date.toISOString()} title="${withYear.format(date)}, ${utc(date)}">${distance(date)}</time>`;
}

function distance(date) {
  const seconds = Math.round((Date.now() - date.getTime()) / 1000);
  const length = Math.abs(seconds);
  if (length < 10) return "now";
  const text = length < 60 ? `${length} s` : length < 3600 ? `${Math.round(length / 60)} min`
    : length < 48 * 3600 ? `${Math.round(length / 3600)} h` : `${Math.round(length / 86400)} days`;
  return seconds > 0 ? `${text} ago` : `in ${text}`;
}

/** From one instant to another, or until now: 1 h 4 min. */
export const lasted = (start, end) => (start ? seconds((new Date(end ?? Date.now()) - new Date(start)) / 1000) : "–");

export function seconds(value) {
  const whole = Math.max(0, Math.round(value));
  if (value < 1) return "under 1 s";
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  if (whole < 86400) return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
  return `${Math.floor(whole / 86400)} d ${Math.floor((whole % 86400) / 3600)} h`;
}

const CALENDAR_UNITS = { D: "day", W: "week", M: "month", Y: "year" };

/** P30D as "30 days". */
export function period(text) {
  const form = /^P(\d+)([DWMY])$/.exec(text ?? "");
  return form ? count(Number(form[1]), CALENDAR_UNITS[form[2]]) : text;
}

const FREQUENCIES = {
  PT1H: "Every hour", PT2H: "Every 2 hours", PT4H: "Every 4 hours", PT6H: "Every 6 hours",
  PT8H: "Every 8 hours", PT12H: "Every 12 hours", P1D: "Daily", P1W: "Weekly",
};
export const frequency = (text) => FREQUENCIES[text] ?? text;
export const FREQUENCY_CODES = Object.keys(FREQUENCIES);

/** A policy's schedule in words: "Every 4 hours from 02:00 (Europe/Amsterdam)". */
export function schedule(value) {
  return value.repeatingTimeIntervals.map((interval) => {
    const [, anchor, code] = interval.split("/");
    const offset = anchor.slice(19);
    const day = new Intl.DateTimeFormat("en-GB", { weekday: "long", timeZone: "UTC" }).format(new Date(`${anchor.slice(0, 10)}T00:00:00Z`));
    const when = code === "P1W" ? ` on ${day} at ` : code === "P1D" ? " at " : " from ";
    return `${frequency(code)}${when}${anchor.slice(11, 16)} (${value.timeZone ?? (offset === "+00:00" ? "UTC" : `UTC${offset}`)})`;
  }).join(", ");
}
