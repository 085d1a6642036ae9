// The desk of the control room: keys that open one panel at a time, the figures that the parts bring for the keys, and
// ready-made sentences. <a class="key" href="#id">, <section class="panel" id>, <data data-figure="orders" value="33/35"
// data-tone="warn" data-state="Waiting"> → [data-shows="orders"]; <button data-fill> fills the text of its form;
// <button data-toggle="id"> opens and closes a panel that lies over the page.

import "./places.js";
import "./threads.js";

const REMEMBERED = "panel";
const keys = () => [...document.querySelectorAll(".keys [role=tab]")];

/** Show one panel of the desk. */
export function openPanel(id) {
  const panel = document.getElementById(id);
  if (!panel) return;
  const key = document.getElementById(`key-${id}`);
  if (!key) return toggle(panel, true);
  for (const one of keys()) {
    const chosen = one === key;
    one.setAttribute("aria-selected", String(chosen));
    one.tabIndex = chosen ? 0 : -1;
    document.getElementById(one.getAttribute("aria-controls")).toggleAttribute("data-shown", chosen);
  }
  sessionStorage.setItem(REMEMBERED, id);
}

/** Open or close a panel that lies over the page. */
function toggle(panel, open) {
  panel.toggleAttribute("data-shown", open);
  const opener = document.querySelector(`[data-toggle="${panel.id}"][aria-expanded]`);
  opener?.setAttribute("aria-expanded", String(open));
  if (!open && panel.contains(document.activeElement)) opener?.focus();
}

document.addEventListener("panel:open", (event) => openPanel(event.detail));

document.addEventListener("click", (event) => {
  const key = event.target.closest?.(".keys [role=tab]");
  if (key) {
    event.preventDefault();
    openPanel(key.getAttribute("aria-controls"));
  }
  const opener = event.target.closest?.("[data-toggle]");
  if (opener) {
    const panel = document.getElementById(opener.dataset.toggle);
    toggle(panel, !("shown" in panel.dataset));
  }
  const filler = event.target.closest?.("[data-fill]");
  if (filler) fill(filler.closest("form"), filler.textContent);
});

const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

document.addEventListener("keydown", (event) => {
  const tab = event.target.closest?.("[role=tablist] [role=tab]");
  if (tab && (event.key in STEPS || event.key === "Home" || event.key === "End")) {
    const row = [...tab.closest("[role=tablist]").querySelectorAll("[role=tab]")];
    const at = { Home: 0, End: row.length - 1 }[event.key] ?? (row.indexOf(tab) + STEPS[event.key] + row.length) % row.length;
    event.preventDefault();
    row[at].click();
    row[at].focus();
  }
  if (event.key === " " && tab?.matches("a")) {
    event.preventDefault();
    tab.click();
  }
  const over = event.key === "Escape" && event.target.closest?.(".panel.drawer[data-shown]");
  if (over) toggle(over, false);
  // In a message the Enter key makes a new line; with Ctrl it sends.
  if (event.key === "Enter" && event.ctrlKey && event.target.matches?.("form[data-command] textarea")) {
    event.target.form.requestSubmit();
  }
});

// --- figures

function figureOf(name) {
  const held = document.querySelector(`data[data-figure="${name}"]`);
  return { value: held?.value ?? "", tone: held?.dataset.tone ?? "", state: held?.dataset.state ?? "" };
}

function sumOf(names) {
  const all = names.split(" ").map(figureOf);
  const sum = all.reduce((total, one) => total + (Number(one.value) || 0), 0);
  return { value: sum, tone: all.find((one) => one.tone)?.tone ?? "", state: "" };
}

function showFigures() {
  for (const spot of document.querySelectorAll("[data-shows]")) {
    const { value, tone, state } = spot.dataset.sums ? sumOf(spot.dataset.sums) : figureOf(spot.dataset.shows);
    const wanted = `${tone}|${value}|${state}`;
    if (spot.dataset.now === wanted) continue;
    spot.dataset.now = wanted;
    spot.dataset.tone = tone || (Number(value) ? "" : "none");
    spot.replaceChildren(...(tone ? [shape(tone)] : []), String(value || 0), ...(state ? [read(` ${state}`)] : []));
  }
}

function shape(tone) {
  const mark = document.createElement("span");
  mark.className = `shape ${tone}`;
  return mark;
}

function read(text) {
  const words = document.createElement("span");
  words.className = "sr";
  words.textContent = text;
  return words;
}

// --- sentences

/** Put a sentence into the text of a form: in place of another ready-made one, else behind what has been typed. */
export function fill(form, sentence) {
  const text = form?.querySelector("textarea");
  if (!text) return;
  const made = [...form.querySelectorAll("[data-fill]")].map((one) => one.textContent);
  const typed = text.value.trim();
  text.value = typed && !made.includes(typed) ? `${typed} ${sentence}` : sentence;
  text.dispatchEvent(new Event("input", { bubbles: true }));
  text.focus();
  const gap = text.value.indexOf("…");
  if (gap >= 0) text.setSelectionRange(gap, gap + 1);
}

// What has been sent makes room for what comes of it.
document.addEventListener("command:done", (event) => {
  const compose = event.detail.form.closest("details.compose");
  if (!compose) return;
  compose.open = false;
  compose.querySelector("summary").focus();
});

document.addEventListener("live:part", showFigures);
showFigures();
if (keys().length) {
  const last = sessionStorage.getItem(REMEMBERED);
  openPanel(document.getElementById(`key-${last}`) ? last : keys()[0].getAttribute("aria-controls"));
}
