// The REST API of this server, as the session that the browser has.

/** Why the server did not do what it was asked for: in words, with what to do about it. */
export class Problem extends Error {
  constructor(status, body) {
    super(body.detail ?? "The server refused this without a reason.");
    this.status = status;
    this.code = body.code ?? null;
    this.action = body.recommendedAction ?? "";
    this.retryable = Boolean(body.retryable);
  }
}

let csrfToken = null;
let whenEnded = () => {};

/** Says what to do when the session has ended meanwhile. */
export function onSessionEnd(handler) {
  whenEnded = handler;
}

/** A path with its parts escaped: at`backup-vaults/${vault}`. */
export function at(texts, ...parts) {
  return texts.reduce((path, text, i) => path + encodeURIComponent(parts[i - 1]) + text);
}

/** The same with whatever of a query is not empty. */
export function query(path, parameters = {}) {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== null && value !== "");
  return given.length ? `${path}?${new URLSearchParams(given)}` : path;
}

async function send(method, path, { body, headers = {}, accept = "application/json", signal } = {}) {
  const sent = { Accept: `${accept}, application/problem+json`, ...headers };
  if (method !== "GET" && csrfToken) sent["X-CSRF-Token"] = csrfToken;
  if (body !== undefined) sent["Content-Type"] = "application/json";
  let answer;
  try {
    answer = await fetch(`api/v1/${path}`, { method, headers: sent, body: body === undefined ? undefined : JSON.stringify(body), signal });
  } catch {
    throw new Problem(0, {
      detail: "The server cannot be reached.",
      recommendedAction: "Check that it is running and that this machine is connected to it; the page tries again by itself.",
      retryable: true,
    });
  }
  if (!answer.ok) throw await problemOf(answer, path);
  return answer;
}

async function problemOf(answer, path) {
  const body = await answer.json().catch(() => ({}));
  if (answer.status === 401 && path !== "session") whenEnded();
  if (answer.status >= 500 && !body.detail) {
    body.detail = "The server could not answer because of an error of its own.";
    body.recommendedAction = "Try again; if it stays, look into the server's log.";
  }
  return new Problem(answer.status, body);
}

async function parsed(answer) {
  return answer.status === 204 ? null : answer.json().catch(() => null);
}

export const get = async (path, parameters) => parsed(await send("GET", query(path, parameters)));
export const post = async (path, body = {}, headers) => parsed(await send("POST", path, { body, headers }));
export const put = async (path, body, headers) => parsed(await send("PUT", path, { body, headers }));
export const remove = async (path) => parsed(await send("DELETE", path));

/** Why the server does not let this page listen to a stream; it tells browsers' own readers of streams nothing about that. */
export async function refusal(path) {
  const asking = new AbortController();
  try {
    await send("GET", path, { accept: "text/event-stream", signal: asking.signal });
    return new Problem(0, { detail: "The connection to the server broke off.", recommendedAction: "The page connects again by itself." });
  } catch (problem) {
    return problem;
  } finally {
    asking.abort();
  }
}

/** Starts work and answers the id of its job. The key makes a repeated click the same request. */
export async function start(path, body, key = crypto.randomUUID?.()) {
  const answer = await send("POST", path, { body, headers: key ? { "Idempotency-Key": key } : {} });
  const location = answer.headers.get("Location") ?? "";
  return decodeURIComponent(location.slice(location.lastIndexOf("/") + 1));
}

/** A list to its end; for what is small by nature. */
export async function all(path, parameters = {}) {
  const items = [];
  let cursor;
  do {
    const page = await get(path, { limit: 500, ...parameters, cursor });
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor && items.length < 5000);
  return items;
}

const EXPORTED_PAGES_MAX = 200;

/** Gives a list to the browser as a file: all of it, or its first hundred thousand rows. */
export async function download(path, parameters, name) {
  const parts = [];
  let next = query(path, { limit: 500, ...parameters });
  while (next && parts.length < EXPORTED_PAGES_MAX) {
    const answer = await send("GET", next, { accept: "text/csv" });
    const text = await answer.text();
    // Each page begins with the names of its columns.
    parts.push(parts.length ? text.slice(text.indexOf("\r\n") + 2) : text);
    const link = /<[^>]*\/api\/v1\/([^>]+)>; rel="next"/.exec(answer.headers.get("Link") ?? "");
    next = link?.[1];
  }
  const file = document.createElement("a");
  file.href = URL.createObjectURL(new Blob(parts, { type: "text/csv" }));
  file.download = name;
  file.click();
  setTimeout(() => URL.revokeObjectURL(file.href), 60_000);
}

export async function signIn(token) {
  const session = await post("session", { token });
  csrfToken = session.csrfToken;
  return session;
}

/** The session that the browser has already, or null if it has none. */
export async function currentSession() {
  try {
    const session = await get("session");
    csrfToken = session.csrfToken;
    return session;
  } catch (problem) {
    if (problem.status === 401 || problem.status === 404) return null;
    throw problem;
  }
}

export async function signOut() {
  await remove("session");
  csrfToken = null;
}
