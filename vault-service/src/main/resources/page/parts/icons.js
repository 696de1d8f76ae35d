// Pictures of 20 × 20, drawn with lines in the colour of the text. They never say anything that no word says.
import { svg, html } from "../lib.js";

const PATHS = {
  overview: "M3 3h6v6H3zM11 3h6v4h-6zM11 9h6v8h-6zM3 11h6v6H3z",
  instances: "M10 2.5l6 2.5v4.5c0 4-2.5 6.5-6 8-3.5-1.5-6-4-6-8V5zM7.3 9.8l2 2 3.5-3.8",
  jobs: "M3 5h2M8 5h9M3 10h2M8 10h9M3 15h2M8 15h9",
  alerts: "M10 3a4.5 4.5 0 0 1 4.5 4.5c0 4 1.5 5.5 2 6.5h-13c.5-1 2-2.5 2-6.5A4.5 4.5 0 0 1 10 3zM8.3 16.5a1.8 1.8 0 0 0 3.4 0",
  policies: "M4 4h12v13H4zM4 8h12M7 2.5v3M13 2.5v3M7 11.5h2M11 11.5h2M7 14h2",
  disks: "M3.5 5.5c0-4 13-4 13 0v9c0 4-13 4-13 0zM3.5 5.5c0 3.5 13 3.5 13 0M3.5 10c0 3.5 13 3.5 13 0",
  auto: "M3 4h14v9H3zM7 16.5h6M10 13v3.5",
  light: "M10 6.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7zM10 1.8v2M10 16.2v2M1.8 10h2M16.2 10h2M4.2 4.2l1.4 1.4M14.4 14.4l1.4 1.4M15.8 4.2l-1.4 1.4M5.6 14.4l-1.4 1.4",
  dark: "M16 12A6.8 6.8 0 0 1 8 4a6.5 6.5 0 1 0 8 8z",
  right: "M8 5l5 5-5 5",
  left: "M12 5l-5 5 5 5",
  close: "M5 5l10 10M15 5L5 15",
};

export function icon(name) {
  return html`<svg class="icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">${svg`<path d=${PATHS[name]}></path>`}</svg>`;
}
