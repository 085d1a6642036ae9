// Working copies on their way to the server: the newest state of each block, again and again until it has arrived.

import { drop, waiting } from "./store.js";

const AGAIN = { first: 1000, most: 15_000 }; // ms after a state that did not arrive
const TIMEOUT = 10_000; // ms an answer may take
const csrf = () => document.querySelector("meta[name=csrf-token]")?.content ?? "";

const underWay = new Map(); // key → {typed, again, timer, wait}
let cut = false;

function tellCut(isCut) {
  if (isCut === cut) return;
  cut = isCut;
  document.dispatchEvent(new CustomEvent("minutes:line", { detail: { cut } }));
}

export const isCut = () => cut;

function bodyOf(typed, more = {}) {
  const data = new FormData();
  const fields = { version: typed.version, serial: typed.serial, heading: typed.heading ?? "", body: typed.body ?? "", text: typed.text ?? "" };
  for (const [name, value] of Object.entries({ ...fields, ...more })) data.set(name, value);
  return data;
}

/** Post what is typed to an address; returns {status, body}, or null when nobody answered. */
export async function post(url, typed, more) {
  try {
    const response = await fetch(url, {
      method: "POST",
      body: bodyOf(typed, more),
      credentials: "same-origin",
      headers: { Accept: "application/json", "X-CSRFToken": csrf() },
      signal: AbortSignal.timeout(TIMEOUT),
    });
    tellCut(false);
    if (response.redirected) return { status: 401, body: {} };
    if (response.status >= 502) return null;
    return { status: response.status, body: await response.json().catch(() => ({})) };
  } catch {
    tellCut(true);
    return null;
  }
}

async function attempt(key) {
  const job = underWay.get(key);
  const { typed } = job;
  job.running = true;
  const answer = await post(typed.url, typed);
  job.running = false;
  if (underWay.get(key) !== job) return;
  if (!answer) {
    job.timer = setTimeout(() => attempt(key), job.wait * (0.5 + Math.random()));
    job.wait = Math.min(job.wait * 2, AGAIN.most);
    return;
  }
  if (answer.status === 200) await drop(key, typed.serial);
  document.dispatchEvent(new CustomEvent("minutes:answer", { detail: { key, typed, ...answer } }));
  if (job.typed !== typed) return attempt(key);
  underWay.delete(key);
}

/** See to it that the server gets this state; an older one of the same block that waits is not sent any more. */
export function send(typed) {
  const job = underWay.get(typed.key);
  if (!job) {
    underWay.set(typed.key, { typed, wait: AGAIN.first });
    attempt(typed.key);
    return;
  }
  job.typed = typed;
  if (!job.running) {
    clearTimeout(job.timer);
    job.wait = AGAIN.first;
    attempt(typed.key);
  }
}

/** Nothing more of this block is to be sent: it was saved or thrown away. */
export function forget(key) {
  clearTimeout(underWay.get(key)?.timer);
  underWay.delete(key);
}

/** Send what an earlier page of this browser could not. */
export async function sendWaiting() {
  const all = await waiting();
  for (const typed of all) if (!underWay.has(typed.key)) send(typed);
  return all;
}

/** The line is back: do not wait any longer. */
function hurry() {
  for (const [key, job] of underWay) {
    if (job.running) continue;
    clearTimeout(job.timer);
    job.wait = AGAIN.first;
    attempt(key);
  }
}

window.addEventListener("online", hurry);
document.addEventListener("minutes:line", (event) => !event.detail.cut && hurry());
