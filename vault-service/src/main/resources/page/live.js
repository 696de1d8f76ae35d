// What happens on the server, as it happens: by its stream of events, or by asking again where there is none.

const POLL_MILLIS = 1000;
const SAFETY_MILLIS = 60_000;
const RETRY_MILLIS = 30_000;
const KINDS = ["job", "progress", "instance", "alert"];

const listeners = new Set();
let source = null;
let ticker = null;
let retry = null;

export const live = {
  /** "off", "connecting", "live", or "polling". */
  state: "off",

  /** Events have a type, one of KINDS or "tick": anything may have changed. */
  on(listener) {
    listeners.add(listener);
  },

  start() {
    live.stop();
    connect();
  },

  stop() {
    source?.close();
    source = null;
    clearInterval(ticker);
    clearTimeout(retry);
    change("off");
  },
};

function connect() {
  change("connecting");
  source = new EventSource("api/v1/stream");
  source.onopen = () => {
    tickEvery(SAFETY_MILLIS);
    change("live");
  };
  source.onerror = () => {
    // The browser connects again by itself, unless the server said no.
    if (source.readyState === EventSource.CLOSED) poll();
    else change("connecting");
  };
  for (const kind of KINDS) source.addEventListener(kind, (event) => tell({ type: kind, data: JSON.parse(event.data) }));
}

function poll() {
  source = null;
  change("polling");
  tickEvery(POLL_MILLIS);
  retry = setTimeout(connect, RETRY_MILLIS);
}

function tickEvery(millis) {
  clearInterval(ticker);
  ticker = setInterval(() => {
    if (!document.hidden) tell({ type: "tick" });
  }, millis);
}

function change(state) {
  live.state = state;
  tell({ type: "connection" });
}

function tell(event) {
  for (const listener of listeners) listener(event);
}

// A browser has six connections to a server for all its tabs: those that nobody looks at give theirs back.
document.addEventListener("visibilitychange", () => {
  if (live.state === "off") return;
  if (document.hidden) {
    source?.close();
    clearTimeout(retry);
  } else {
    clearInterval(ticker);
    connect();
    tell({ type: "tick" });
  }
});
