// Charts by Chart.js, in the page's colours. Each has its figures beside it for those who do not see it.
import "../lib/chart.js/chart.umd.min.js";


/** `<dv-chart .spec=${…}>`: labels, series of name, tone, values, kind "line" or "bar", and a format of values. */
class DiskvaultChart extends HTMLElement {
  #chart = null;
  #spec = null;
  #drawn = "";
  #dark = matchMedia("(prefers-color-scheme: dark)");
  #redraw = () => this.#draw();

  set spec(spec) {
    const key = JSON.stringify([spec.labels, spec.series]);
    if (key === this.#drawn) return;
    this.#drawn = key;
    this.#spec = spec;
    this.#draw();
  }

  connectedCallback() {
    window.addEventListener("themechange", this.#redraw);
    this.#dark.addEventListener("change", this.#redraw);
    this.#draw();
  }

  disconnectedCallback() {
    window.removeEventListener("themechange", this.#redraw);
    this.#dark.removeEventListener("change", this.#redraw);
    this.#chart?.destroy();
    this.#chart = null;
  }

  #draw() {
    if (!this.isConnected || !this.#spec) return;
    this.#chart?.destroy();
    const canvas = document.createElement("canvas");
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", this.#spec.label);
    this.replaceChildren(canvas);
    // The style knows light and dark; the canvas wants a colour.
    const colour = (name) => {
      canvas.style.color = `var(--${name})`;
      return getComputedStyle(canvas).color;
    };
    this.#chart = new globalThis.Chart(canvas, settings(this.#spec, colour));
  }
}

function settings({ labels, series, format }, colour) {
  const muted = colour("text-2");
  const grid = colour("line");
  const axis = { grid: { color: grid }, border: { display: false }, ticks: { color: muted, maxRotation: 0, autoSkipPadding: 16 } };
  return {
    data: { labels, datasets: series.map((one) => dataset(one, colour)) },
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      interaction: { mode: "index", intersect: false },
      font: { family: "inherit" },
      scales: {
        x: { ...axis, grid: { display: false } },
        y: { ...axis, beginAtZero: true, ticks: { ...axis.ticks, stepSize: step(series), callback: format } },
      },
      plugins: {
        legend: { display: series.length > 1, align: "start", labels: { color: muted, boxWidth: 10, boxHeight: 10 } },
        tooltip: { callbacks: { label: (item) => `${item.dataset.label}: ${format(item.parsed.y)}` } },
      },
    },
  };
}

/** A power of two, so that sizes in binary units are whole numbers at the lines; four lines or a few more. */
function step(series) {
  const most = Math.max(1, ...series.flatMap((one) => one.values));
  return 2 ** Math.max(0, Math.floor(Math.log2(most / 3)));
}

function dataset({ name, tone, values, kind }, colour) {
  const main = colour(tone);
  return {
    label: name, type: kind, data: values, borderColor: main, borderWidth: kind === "line" ? 2 : 0,
    backgroundColor: kind === "line" ? colour(`${tone}-tint`) : main, fill: kind === "line",
    pointRadius: 0, pointHitRadius: 12, tension: 0.2, maxBarThickness: 22, borderRadius: 2,
  };
}

customElements.define("dv-chart", DiskvaultChart);
