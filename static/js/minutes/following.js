// The page follows the journal and the others while it is open: every two seconds it asks what has changed, and puts changed
// blocks in their place. A block somebody is writing in is left alone, and what is in view stays where it is.

import { editingOf, tellWriters } from "./editing.js";
import { occupied } from "../hands.js";

const EVERY = 2000; // ms
const AFTER_WRITING = 10_000; // ms in which the page stays where somebody has just written
const WRITING = "[data-editing]:not([data-saved])"; // a form whose words are saved waits for the sheet to show them
const PLACES = { head: null, signature: "signatures", annex: "annexes" };
const root = document.querySelector("[data-minutes][data-since]");
const sheet = root?.querySelector("[data-sheet]");
let stamp = root?.dataset.stamp ?? "";
let head = "";
let running = root?.dataset.running ?? "";
let asking = null;
let again = 0;
let wroteAt = -Infinity;

const sections = () => [...sheet.querySelectorAll(".block[data-key]")];
const sectionOf = (key) => document.getElementById(`b-${key}`);
const isAtWork = (section) => Boolean(section.querySelector(WRITING));

async function asked() {
  const url = new URL(root.dataset.since, location.href);
  url.searchParams.set("stamp", stamp);
  if (stamp) url.searchParams.set("head", head);
  url.searchParams.set("known", sections().map((one) => one.dataset.stamp).join(""));
  const response = await fetch(url, { credentials: "same-origin", headers: { Accept: "application/json" }, cache: "no-store", signal: AbortSignal.timeout(15_000) });
  if (response.redirected || [401, 403, 404].includes(response.status)) location.reload();
  if (!response.ok) throw new Error(String(response.status));
  return response.json();
}

function built(html) {
  const mould = document.createElement("template");
  mould.innerHTML = html;
  return mould.content.querySelector(".block[data-key]");
}

/** What must not move: the form somebody writes in, else the first block in view. */
function anchor() {
  const own = document.activeElement && editingOf(document.activeElement);
  if (own && !("saved" in own.dataset)) return own;
  return sections().find((one) => one.getBoundingClientRect().bottom > 80) ?? sheet;
}

function steadily(change) {
  const still = anchor();
  const before = still.getBoundingClientRect().top;
  change();
  if (!still.isConnected) return;
  const moved = still.getBoundingClientRect().top - before;
  if (Math.abs(moved) > 1) window.scrollBy({ top: moved, behavior: "instant" });
}

/** A block in which somebody writes keeps its form; they are told that its words have moved on. */
function leaveAlone(section, fresh) {
  const editing = section.querySelector(WRITING);
  const version = editing.querySelector("form[data-command='block.edit']")?.elements.namedItem("version")?.value;
  if (version !== undefined && fresh.dataset.version !== version) {
    editing.querySelector("[data-newer]")?.removeAttribute("hidden");
  }
  if (editing.dataset.editing.startsWith("new:")) {
    const forms = [...section.querySelectorAll(":scope > [data-editing]")];
    section.className = fresh.className;
    for (const one of [...section.childNodes]) if (!forms.includes(one)) one.remove();
    section.prepend(...fresh.childNodes);
    Object.assign(section.dataset, { stamp: fresh.dataset.stamp, version: fresh.dataset.version });
  }
}

function put(key, html) {
  const fresh = built(html);
  const old = sectionOf(key);
  if (!old) return fresh;
  if (isAtWork(old)) leaveAlone(old, fresh);
  else if (old.querySelector("[data-saved]") || !occupied(old)) old.replaceWith(fresh);
  else old.dataset.stamp = "waiting0";
  return sectionOf(key) ?? fresh;
}

function placeOf(section) {
  const kind = Object.keys(PLACES).find((one) => section.classList.contains(one));
  return kind === "head" ? null : sheet.querySelector(`[data-place=${PLACES[kind] ?? "body"}]`);
}

function arrange(blocks, made) {
  const next = new Map();
  for (const [key] of blocks) {
    const section = made.get(key) ?? sectionOf(key);
    const place = section && placeOf(section);
    if (!place) continue;
    const at = next.has(place) ? next.get(place) : place.firstElementChild;
    if (section === at) next.set(place, at.nextElementSibling);
    else {
      if (!(section.isConnected && isAtWork(section))) place.insertBefore(section, at);
      next.set(place, at);
    }
  }
  const keys = new Set(blocks.map(([key]) => key));
  for (const section of sections()) if (!keys.has(section.dataset.key) && !isAtWork(section)) section.remove();
}

function follow(key) {
  const before = running;
  running = key;
  const wanted = document.querySelector("[data-follow]")?.checked;
  const isWriting = document.querySelector("[data-editing]") || performance.now() - wroteAt < AFTER_WRITING;
  if (key && key !== before && wanted && !isWriting) sectionOf(key)?.scrollIntoView({ block: "center", behavior: "smooth" });
}

function replaceSteps(html) {
  if (html.notes && root.querySelector("[data-notes]") && !occupied(root.querySelector("[data-notes]"))) root.querySelector("[data-notes]").innerHTML = html.notes;
  const steps = root.querySelector("[data-steps]");
  if (html.steps && steps && !occupied(steps) && !document.querySelector("dialog[open]")) steps.innerHTML = html.steps;
}

function apply(answer) {
  for (const section of sections()) {
    const names = answer.writers[section.dataset.key] ?? [];
    const line = section.querySelector(":scope > [data-writers]");
    const said = names.length ? (document.querySelector("[data-sayings]")?.dataset.sayWriters ?? "").replace("{names}", names.join(", ")) : "";
    if (line && line.textContent !== said) {
      line.textContent = said;
      line.hidden = !said;
    }
    const editing = section.querySelector(":scope > [data-editing]");
    if (editing && !editing.dataset.editing.startsWith("new:")) tellWriters(editing, names);
  }
  head = answer.head;
  if (!answer.blocks) return;
  steadily(() => {
    const made = new Map(Object.entries(answer.html).map(([key, html]) => [key, put(key, html)]));
    arrange(answer.blocks, made);
    replaceSteps(answer);
  });
  const isWaiting = sections().some((one) => one.dataset.stamp === "waiting0");
  stamp = isWaiting ? "" : answer.stamp;
  follow(answer.running);
  document.dispatchEvent(new CustomEvent("minutes:followed", { detail: { keys: answer.blocks.map(([key]) => key) } }));
}

/** Ask now; whoever asks while an answer is on its way gets the next one. */
export async function ask() {
  clearTimeout(again);
  if (asking) await asking;
  asking = asked()
    .then(apply)
    .then(() => document.dispatchEvent(new CustomEvent("minutes:line", { detail: { cut: false } })))
    .catch(() => document.dispatchEvent(new CustomEvent("minutes:line", { detail: { cut: true } })))
    .finally(() => {
      asking = null;
      clearTimeout(again);
      again = setTimeout(ask, document.visibilityState === "visible" ? EVERY : EVERY * 5);
    });
  return asking;
}

/** Ask for all that differs from what stands on the page, whether it is news or not. */
export function askAnew() {
  stamp = "";
  return ask();
}

/** Begin to follow, if this page shows the minutes. */
export function begin() {
  if (!root || !sheet) return;
  again = setTimeout(ask, EVERY);
  document.addEventListener("minutes:changed", ask);
  document.addEventListener("minutes:closed", () => {
    wroteAt = performance.now();
    askAnew();
  });
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && ask());
  const cut = root.querySelector("[data-cut]");
  document.addEventListener("minutes:line", (event) => cut && (cut.hidden = !event.detail.cut));
  if (running && !location.hash) sectionOf(running)?.scrollIntoView({ block: "center" });
}
