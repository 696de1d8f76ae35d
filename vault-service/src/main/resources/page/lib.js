// The one place that knows where the libraries lie.
export { html, svg, nothing, render } from "./lib/lit-html/lit-html.js";
export { keyed } from "./lib/lit-html/directives/keyed.js";
export { live as liveValue } from "./lib/lit-html/directives/live.js";
export { ref } from "./lib/lit-html/directives/ref.js";
export { repeat } from "./lib/lit-html/directives/repeat.js";
