// What happens on the server, as it happens: by its stream of events, and where that is not to be had by loading again
// now and then.
import { refusal } from "./api.js";

const KINDS = ["job", "progress", "instance", "alert"];
// Health grows worse by time alone, which no event tells.
const LIVE_MILLIS = 60_000;
const SELDOM_MILLIS = 15_000;
const RETRY_MILLIS = 10_000;
// A server that is started anew is back by then, and nothing needs to be said.
const PATIENCE_MILLIS = 10_000;

const listeners = new Set();
let source = null;
let ticker = null;
let retry = null;
let patience = null;
// Whether something may have happened that nobody told.
let missed = false;
let whenSettled = () => {};

export const live = {
  /** "off", "connecting", "live", or "lost". */
  state: "off",

  /** Why it is lost: a problem with what to do. */
  problem: null,

  every: SELDOM_MILLIS / 1000,

  /** Events have a type, one of KINDS, "tick": anything may have changed, or "connection". */
  on(listener) {
    listeners.add(listener);
  },

  start() {
    live.stop();
    connect();
  },

  /** Waits until it is known whether there is a stream: what is loaded after that is followed without a gap. */
  settled(millis = 500) {
    return new Promise((resolve) => {
      whenSettled = resolve;
      setTimeout(() => {
        missed ||= live.state !== "live";
        resolve();
      }, millis);
    });
  },

  stop() {
    close();
    clearInterval(ticker);
    missed = false;
    change("off");
  },
};

function connect() {
  if (live.state !== "lost") change("connecting");
  const opened = new EventSource("api/v1/stream");
  source = opened;
  opened.onopen = () => {
    clearTimeout(patience);
    patience = null;
    tickEvery(LIVE_MILLIS);
    change("live");
    if (missed) tell({ type: "tick" });
    missed = false;
    whenSettled();
  };
  opened.onerror = () => {
    if (opened.readyState === EventSource.CLOSED) refused();
    else interrupted();
  };
  for (const kind of KINDS) opened.addEventListener(kind, (event) => tell({ type: kind, data: JSON.parse(event.data) }));
}

/** The browser connects again by itself, and is told what it missed. */
function interrupted() {
  if (live.state !== "lost") change("connecting");
  patience ??= setTimeout(() => lost({ message: "The server cannot be reached.", action: "Check that it is running and that this machine is connected to it." }), PATIENCE_MILLIS);
}

/** The server said no, and the browser has given up. */
async function refused() {
  close();
  missed = true;
  const problem = await refusal("stream");
  if (live.state === "off" || source) return;
  lost(problem);
  retry = setTimeout(connect, RETRY_MILLIS);
}

function lost(problem) {
  live.problem = problem;
  tickEvery(SELDOM_MILLIS);
  change("lost");
  whenSettled();
}

function close() {
  source?.close();
  source = null;
  clearTimeout(retry);
  clearTimeout(patience);
  patience = null;
}

function tickEvery(millis) {
  clearInterval(ticker);
  ticker = setInterval(() => {
    if (!document.hidden) tell({ type: "tick" });
  }, millis);
}

function change(state) {
  live.state = state;
  if (state !== "lost") live.problem = null;
  tell({ type: "connection" });
}

function tell(event) {
  for (const listener of listeners) listener(event);
}

// A browser has six connections to a server for all its tabs: those that nobody looks at give theirs back.
document.addEventListener("visibilitychange", () => {
  if (live.state === "off") return;
  close();
  missed = true;
  if (!document.hidden) connect();
});
