// What was pressed while the line is weak. Forms with data-outbox are written to the browser's own store (IndexedDB) before they
// are sent, kept over a reload or a killed browser, and sent under the same command id when the line is back, in the order in
// which they were pressed, by one tab at a time. Only the same account sends them, and only to the same meeting.

import { meetingTime, timeOfDay } from "./clock.js";
import { say } from "./words.js";

const DATABASE = "diemcau";
const STORES = ["outbox", "lease"];
const TIMEOUT = 15_000; // ms an answer may take
const LEASE = 20_000; // ms a tab may be sending without saying so again (where there are no Web Locks)
const PATIENCE = 3_000; // ms after which a press without an answer is shown as waiting
const LONGEST_PAUSE = 30_000; // ms
const TOO_OLD = 12 * 3600_000; // ms; what was pressed for yesterday's sitting is not sent into today's
const UNKNOWN = new Set([0, 408, 425, 429, 502, 503, 504]); // whether it arrived is not known, or it may come again later

const page = document.documentElement.dataset;
const owner = page.account && page.meeting ? `${page.account}|${page.meeting}` : "";
const tab = crypto.getRandomValues(new Uint32Array(2)).join("");
const news = "BroadcastChannel" in window ? new BroadcastChannel("diemcau-outbox") : null;

let opening = null; // the database
let flushing = null; // the sending under way
let again = 0; // timer of the next attempt
let failures = 0;
let signedOut = false;
const settled = []; // [{id, label, state: "done"|"refused", reason, at}]: results this page shows until they are dismissed
const shown = new Set(); // ids this page has shown as waiting
const expected = new Map(); // id → resolve: presses that still wait for their answer

// --- the store

function database() {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => STORES.forEach((name) => request.result.createObjectStore(name, { keyPath: "id" }));
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opening;
}

/** Run `work(store)` in one transaction; returns what its request has found, once the transaction is safely written. */
async function stored(name, mode, work) {
  const transaction = (await database()).transaction(name, mode, { durability: "strict" });
  const request = work(transaction.objectStore(name));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}

const put = (entry) => stored("outbox", "readwrite", (store) => store.put(entry));
const drop = (id) => stored("outbox", "readwrite", (store) => store.delete(id));

async function own() {
  const all = await stored("outbox", "readonly", (store) => store.getAll());
  return all.filter((entry) => entry.owner === owner).sort((a, b) => a.created - b.created || a.turn - b.turn);
}

const waitingOnes = async () => (await own()).filter((entry) => entry.state === "waiting");

// --- sending

async function attempt(entry) {
  const body = new FormData();
  for (const [name, value] of entry.body) body.append(name, value);
  const token = document.querySelector("meta[name=csrf-token]")?.content ?? "";
  try {
    const response = await fetch(entry.url, {
      method: "POST",
      body,
      credentials: "same-origin",
      headers: { Accept: "application/json", "X-CSRFToken": token },
      signal: AbortSignal.timeout(TIMEOUT),
    });
    if (response.redirected) return { status: 401, body: {} }; // led to the sign-in page
    return { status: response.status, body: await response.json().catch(() => ({})) };
  } catch {
    return { status: 0, body: {} };
  }
}

function verdict({ status, body }) {
  if (UNKNOWN.has(status)) return "unknown";
  if (status === 200) return "done";
  return status === 401 || (status === 403 && !body.reason) ? "signed-out" : "refused";
}

function reasonOf({ body }) {
  return body.reason || Object.values(body.errors ?? {}).flat().join(" ") || say("failed");
}

/** What has an answer leaves the store, unless a person must still see that it was refused. */
async function settle(entry, answer) {
  const waited = expected.get(entry.id);
  const state = verdict(answer);
  expected.delete(entry.id);
  if (state === "refused" && !waited) await put({ ...entry, state, reason: reasonOf(answer) });
  else await drop(entry.id);
  if (waited) return waited(answer);
  const result = { id: entry.id, label: entry.label, at: entry.at, state };
  if (state === "done" && shown.has(entry.id)) settled.push(result);
  news?.postMessage({ owner, result });
  return show();
}

async function sendAll() {
  for (;;) {
    const [entry] = await waitingOnes();
    if (!entry) return;
    if (Date.now() - entry.created > TOO_OLD) {
      await put({ ...entry, state: "refused", reason: say("too-old") });
      continue;
    }
    const answer = await attempt(entry);
    const state = verdict(answer);
    signedOut = state === "signed-out";
    if (state === "unknown" || signedOut) return later();
    failures = 0;
    await settle(entry, answer);
  }
}

/** No answer: the press is shown as waiting, and all of it is tried again. */
function later() {
  failures += 1;
  for (const resolve of expected.values()) resolve(null); // what stands behind it waits too
  expected.clear();
  clearTimeout(again);
  const pause = Math.min(LONGEST_PAUSE, 500 * 2 ** failures) * (0.5 + Math.random());
  if (!signedOut) again = setTimeout(flush, pause);
  return show();
}

/** Where there are no Web Locks (plain http in an office's own network), a tab writes down until when it sends. */
async function withLease(work) {
  const mine = await stored("lease", "readwrite", (store) => {
    const request = store.get("sender");
    request.onsuccess = () => {
      const held = request.result;
      if (!held || held.tab === tab || held.until < Date.now()) store.put({ id: "sender", tab, until: Date.now() + LEASE });
    };
    return request;
  });
  if (mine && mine.tab !== tab && mine.until > Date.now()) {
    again = setTimeout(flush, 1000);
    return;
  }
  const renewing = setInterval(
    () => stored("lease", "readwrite", (store) => store.put({ id: "sender", tab, until: Date.now() + LEASE })),
    LEASE / 4,
  );
  try {
    await work();
  } finally {
    clearInterval(renewing);
    await stored("lease", "readwrite", (store) => store.delete("sender"));
  }
}

const alone = (work) => (navigator.locks ? navigator.locks.request("diemcau-outbox", work) : withLease(work));

/** Send what waits. */
export function flush() {
  if (!owner) return null;
  clearTimeout(again);
  again = 0;
  flushing ??= alone(sendAll)
    .catch(() => null) // the store has gone: what is in it is tried again by the next page
    .finally(() => (flushing = null));
  return flushing;
}

// --- what commands.js asks

let turn = 0;
const shortTime = () => timeOfDay(meetingTime() ?? Date.now());

async function isRepeat(entry) {
  const meant = ({ url, body }) => JSON.stringify([url, body.filter(([name]) => !["command_id", "not_after"].includes(name))]);
  const before = (await waitingOnes()).filter((one) => one.url === entry.url).at(-1);
  return before !== undefined && meant(before) === meant(entry);
}

/** Keep a command and send it. Returns its answer {status, body}; "waiting" when none came in time, "repeat" when the same one
 * is waiting already; null when this browser cannot keep anything. */
export async function post(url, data, label) {
  if (!owner || !("indexedDB" in window)) return null;
  const body = [...data].filter(([, value]) => typeof value === "string");
  const entry = { id: data.get("command_id"), owner, url, body, label, state: "waiting", created: Date.now(), turn: (turn += 1), at: shortTime() };
  try {
    if (await isRepeat(entry)) return "repeat";
    await put(entry);
  } catch {
    return null;
  }
  const answered = new Promise((resolve) => expected.set(entry.id, resolve));
  const sending = flushing;
  flush();
  sending?.finally(flush); // it may have looked into the store before this one was in it
  setTimeout(() => expected.get(entry.id)?.(null), PATIENCE);
  const answer = await answered;
  expected.delete(entry.id);
  if (answer !== null) return answer;
  news?.postMessage({ owner });
  show();
  return "waiting";
}

// --- what the page shows

let list = null;

function line({ id, label, state, reason, at }) {
  const row = list.querySelector("template").content.firstElementChild.cloneNode(true);
  row.dataset.state = state;
  row.dataset.id = id;
  row.querySelector("[data-what]").textContent = label;
  row.querySelector("[data-at]").textContent = at;
  row.querySelector("[data-state-word]").textContent = say(`outbox-${state}`);
  row.querySelector("[data-why]").textContent = reason ?? "";
  row.querySelector("button").hidden = state === "waiting";
  return row;
}

async function show() {
  const kept = (await own().catch(() => [])).filter((entry) => !expected.has(entry.id));
  for (const { id } of kept) shown.add(id);
  const results = settled.filter(({ id }) => !kept.some((entry) => entry.id === id));
  const mould = document.getElementById("outbox");
  const region = document.getElementById("toasts");
  if (!mould || !region) return;
  if (!kept.length && !results.length) return list?.remove();
  list ??= mould.content.firstElementChild.cloneNode(true);
  const waiting = kept.filter(({ state }) => state === "waiting").length;
  list.querySelector("[data-title]").textContent = waiting ? say("outbox-title", { n: waiting }) : say("outbox-sent");
  list.querySelector("[data-signed-out]").hidden = !(signedOut && waiting);
  list.querySelector("ul").replaceChildren(...[...results, ...kept].map(line));
  if (!list.isConnected) region.prepend(list);
  if (waiting && !again && !signedOut) again = setTimeout(flush, LONGEST_PAUSE); // the tab that sends may be closed
}

async function dismiss(id) {
  const at = settled.findIndex((one) => one.id === id);
  if (at >= 0) settled.splice(at, 1);
  else await drop(id);
  show();
}

document.addEventListener("click", (event) => {
  const row = event.target.closest?.("button") && event.target.closest("#toasts [data-id]");
  if (row) dismiss(row.dataset.id);
});

/** Nobody who signs in after me sends what I pressed. */
async function clearAndLeave(form) {
  const all = stored("outbox", "readwrite", (store) => store.clear()).catch(() => null);
  await Promise.race([all, new Promise((resolve) => setTimeout(resolve, 1000))]);
  news?.postMessage({ cleared: true });
  form.submit();
}

function heard({ data }) {
  if (data.cleared) settled.length = 0;
  else if (data.owner === owner && data.result?.state === "done") {
    const waited = expected.get(data.result.id);
    if (waited) waited({ status: 200, body: {} });
    else if (shown.has(data.result.id)) settled.push(data.result);
  }
  show();
}

if ("indexedDB" in window) {
  document.addEventListener("submit", (event) => {
    if (!("signOut" in event.target.dataset) || event.defaultPrevented) return;
    event.preventDefault();
    clearAndLeave(event.target);
  });
  if (owner) {
    if (news) news.onmessage = heard;
    window.addEventListener("online", flush);
    document.addEventListener("live:link", (event) => event.detail.open && flush());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && flush());
    show().then(flush);
  }
}
