// Writing in a block, in its place: the form is fetched when it is wanted, what is typed is kept after each pause, in the
// browser at once and then on the server. Nothing typed is lost: closing keeps it, only "Discard" throws it away.

import { showConflict } from "./conflict.js";
import { forget, isCut, post, send } from "./sending.js";
import { drop, get, put } from "./store.js";
import { meetingTime, timeOfDay } from "../clock.js";

const LOCAL = 250; // ms after a key until the browser has kept it
const PAUSE = 1000; // ms without a key until the server gets it
const LONGEST = 5000; // ms somebody types on without a pause until the server gets it all the same
const SIGN = 5000; // ms between two signs that one is still at the block

const sayings = () => document.querySelector("[data-sayings]")?.dataset ?? {};
const root = () => document.querySelector("[data-minutes]");
const say = (name, values = {}) => Object.entries(values).reduce((text, [key, value]) => text.replace(`{${key}}`, value), sayings()[name] ?? "");
const clock = () => timeOfDay(meetingTime() ?? Date.now());
const works = new WeakMap(); // editing element → its work

export const editingOf = (element) => element.closest("[data-editing]");
const formOf = (editing) => editing.querySelector("form[data-command='block.edit'], form[data-command='block.add']");
const richOf = (editing) => editing.querySelector("rich-text");
const field = (editing, name) => formOf(editing).elements.namedItem(name);

/** What stands in the form now. */
export function typedIn(editing) {
  const rich = richOf(editing);
  const value = rich?.value;
  return {
    key: editing.dataset.editing,
    url: editing.dataset.copy,
    serial: Number(editing.dataset.serial),
    version: Number(field(editing, "version")?.value ?? 0),
    heading: field(editing, "heading")?.value ?? "",
    body: value ? (typeof value === "string" ? value : JSON.stringify(value)) : "",
    text: rich && value ? "" : (field(editing, "text")?.value ?? ""),
  };
}

/** Put words into the form, as if they had been typed. */
export function fill(editing, { heading, body, text }) {
  const rich = richOf(editing);
  if (heading !== undefined && field(editing, "heading")) field(editing, "heading").value = heading;
  if (body && rich) rich.value = typeof body === "string" ? JSON.parse(body) : body;
  else if (text !== undefined && field(editing, "text")) field(editing, "text").value = text;
}

// --- keeping

function serialOf(editing, serial) {
  editing.dataset.serial = String(serial);
  const hidden = field(editing, "serial");
  if (hidden) hidden.value = String(serial);
}

function changed(editing) {
  const work = works.get(editing);
  if (!work || work.isDone) return;
  serialOf(editing, Math.max(Number(editing.dataset.serial) + 1, Date.now())); // two windows of one account do not count alike
  work.dirty = true;
  clearTimeout(work.local);
  work.local = setTimeout(() => keepHere(editing), LOCAL);
  clearTimeout(work.pause);
  work.since ??= performance.now();
  work.pause = setTimeout(() => keepThere(editing), Math.max(0, Math.min(PAUSE, work.since + LONGEST - performance.now())));
  tellKept(editing, say("sayWaiting"));
}

async function keepHere(editing) {
  clearTimeout(works.get(editing)?.local);
  const typed = typedIn(editing);
  await put({ ...typed, at: Date.now(), clock: clock() });
  return typed;
}

async function keepThere(editing) {
  const work = works.get(editing);
  if (!work || work.isDone) return;
  clearTimeout(work.pause);
  work.since = undefined;
  work.dirty = false;
  const typed = await keepHere(editing);
  if (!work.isDone) send(typed);
  if (isCut()) tellKept(editing, say("sayLocal"));
}

function tellKept(editing, text) {
  const line = editing.querySelector("[data-kept]");
  if (line) line.textContent = text;
}

/** A sign of life: the others see that somebody is at this block. */
async function sign(editing) {
  const work = works.get(editing);
  if (!work || work.isDone || work.dirty) return;
  if (!editing.isConnected) return end(editing);
  const answer = await post(editing.dataset.copy, { ...(work.typed ? typedIn(editing) : { version: field(editing, "version")?.value ?? 0, serial: editing.dataset.serial }) });
  if (answer?.status !== 200) return;
  tellWriters(editing, answer.body.writers);
  if (answer.body.state === "older" && work.typed && !work.dirty) showOlder(editing, answer.body);
}

export function tellWriters(editing, names = []) {
  const line = editing.querySelector("[data-writers-here]");
  if (line) line.textContent = names.length ? say("sayWriters", { names: names.join(", ") }) : "";
}

document.addEventListener("minutes:answer", (event) => {
  const { key, typed, status, body } = event.detail;
  const editing = [...document.querySelectorAll("[data-editing]")].find((one) => one.dataset.editing === key);
  if (!editing) return;
  if (status === 200 && body.state === "older") return showOlder(editing, body);
  if (status === 200) {
    if (typed.serial === Number(editing.dataset.serial)) tellKept(editing, say("sayKept", { at: clock() }));
    tellWriters(editing, body.writers);
  } else {
    const errors = Object.values(body.errors ?? {}).flat().map((one) => one.message ?? one);
    tellKept(editing, body.reason ?? errors.join(" "));
  }
});

/** Another window has typed more: what is typed here stays, and becomes the newest when one goes on. */
function showOlder(editing, body) {
  tellKept(editing, say("sayOlder", { at: body.at }));
  serialOf(editing, body.serial + 1);
}

document.addEventListener("minutes:line", (event) => {
  for (const editing of document.querySelectorAll("[data-editing]")) if (event.detail.cut && works.get(editing)?.typed) tellKept(editing, say("sayLocal"));
});

// --- opening and closing

function begin(editing) {
  const work = { isDone: false, typed: "resumed" in editing.dataset, timer: setInterval(() => sign(editing), SIGN) };
  works.set(editing, work);
  editing.addEventListener("input", (event) => {
    if (event.target.name === "settles") return;
    work.typed = true;
    changed(editing);
  });
  sign(editing);
}

function end(editing) {
  const work = works.get(editing);
  if (!work) return;
  work.isDone = true;
  clearInterval(work.timer);
  clearTimeout(work.local);
  clearTimeout(work.pause);
}

/** What an earlier page kept in this browser alone is newer than what the server has. */
async function resume(editing, kept) {
  if (!kept || kept.serial <= Number(editing.dataset.serial)) return;
  fill(editing, kept);
  if (field(editing, "version")) field(editing, "version").value = kept.version;
  serialOf(editing, kept.serial);
  works.get(editing).typed = true;
  tellKept(editing, say("sayLocalCopy", { at: kept.clock ?? clock() }));
  send(kept);
}

async function fetched(url) {
  const response = await fetch(`${url}?part=form`, { credentials: "same-origin", headers: { Accept: "text/html" } }).catch(() => null);
  if (!response?.ok || response.redirected) return null;
  return new DOMParser().parseFromString(await response.text(), "text/html").querySelector("[data-editing]");
}

/** Open the form of a block under it (or of a new block behind it), and put the cursor into its words. */
export async function open(key, url) {
  const already = [...document.querySelectorAll("[data-editing]")].find((one) => one.dataset.editing === key);
  if (already) return focus(already);
  const kept = await get(key); // before asking the server: what it answers may be older than what is just on its way to it
  const fresh = await fetched(url);
  const section = document.getElementById(`b-${key.replace(/^new:/, "")}`) ?? document.querySelector("[data-lost-local]");
  if (!fresh || !section) return location.assign(url);
  const editing = document.adoptNode(fresh);
  section.append(editing);
  if (!key.startsWith("new:")) section.classList.add("at-work");
  begin(editing);
  await resume(editing, kept);
  return focus(editing);
}

export function focus(editing) {
  editing.scrollIntoView({ block: "nearest" });
  const rich = richOf(editing);
  if (rich?.focus && customElements.get("rich-text")) rich.focus();
  else editing.querySelector("input:not([type=hidden]), textarea")?.focus();
}

/** Close a form; what was typed in it stays a working copy, unless it was saved or thrown away. */
export async function close(editing) {
  const work = works.get(editing);
  if (work?.dirty) await keepThere(editing);
  end(editing);
  const section = editing.parentElement;
  editing.remove();
  section?.classList.remove("at-work");
  (document.getElementById(section?.id) ?? section)?.scrollIntoView({ block: "nearest" }); // it may have been put anew
  document.dispatchEvent(new CustomEvent("minutes:closed"));
}

/** Throw away what was typed. */
export async function discard(editing) {
  end(editing);
  const typed = typedIn(editing);
  forget(typed.key);
  await drop(typed.key, Number.MAX_SAFE_INTEGER);
  await post(typed.url, { ...typed, body: "", text: "" }, { gone: "1" });
}

/** What was typed has been saved: the server has forgotten the copy with it. The form still shows it until it is closed. */
export async function saved(editing) {
  end(editing);
  editing.dataset.saved = "";
  editing.inert = true;
  forget(editing.dataset.editing);
  await drop(editing.dataset.editing, Number.MAX_SAFE_INTEGER);
}

async function conflict(editing) {
  const typed = typedIn(editing);
  await showConflict(editing, typed, { fill, after: () => changed(editing), gone: () => document.dispatchEvent(new CustomEvent("minutes:settled", { detail: { editing } })) });
}

document.addEventListener("submit", (event) => {
  const editing = event.target.dataset?.command && editingOf(event.target);
  if (editing && event.target === formOf(editing)) clearTimeout(works.get(editing)?.pause);
}, true);

document.addEventListener("command:refused", (event) => {
  const editing = editingOf(event.detail.form);
  if (!editing || event.detail.form !== formOf(editing) || event.detail.body.version === undefined) return;
  event.preventDefault(); // both texts say it, where one looks
  conflict(editing);
});

document.addEventListener("click", async (event) => {
  const target = event.target.closest?.("[data-edit], [data-close-edit], [data-discard], [data-compare-now], [data-phrase]");
  if (!target) return;
  const editing = editingOf(target);
  if ("edit" in target.dataset && !event.ctrlKey && !event.metaKey && root() && !root().dataset.alone) {
    event.preventDefault();
    await open(target.dataset.edit, target.href);
  } else if ("closeEdit" in target.dataset) {
    if (root()?.dataset.alone) location.assign(root().dataset.alone);
    else await close(editing);
  } else if ("discard" in target.dataset) {
    await discard(editing);
    if (root()?.dataset.alone) location.reload();
    else await close(editing);
    document.dispatchEvent(new CustomEvent("minutes:changed"));
  } else if ("compareNow" in target.dataset) conflict(editing);
  else if ("phrase" in target.dataset) {
    const rich = richOf(editing);
    if (rich?.insert) rich.insert(target.dataset.phrase, { apart: true });
    else if (field(editing, "text")) field(editing, "text").value += `${field(editing, "text").value ? "\n" : ""}${target.dataset.phrase}`;
    changed(editing);
  }
});

// Into any block with a double click.
document.addEventListener("dblclick", (event) => {
  const link = event.target.closest?.(".block > .words")?.parentElement.querySelector(":scope > .tools [data-edit]");
  if (link && !root()?.dataset.alone) open(link.dataset.edit, link.href);
});

window.addEventListener("pagehide", () => {
  for (const editing of document.querySelectorAll("[data-editing]")) if (works.get(editing)?.dirty) keepHere(editing);
});

/** Forms that stand in the page from the beginning (a page of one block). */
export function beginAll() {
  for (const editing of document.querySelectorAll("[data-editing]")) {
    begin(editing);
    get(editing.dataset.editing).then((kept) => resume(editing, kept));
  }
}
