// The desk of papers without leaving the page: what a command or an upload changes is fetched and put in place; papers are
// dragged by their grip or moved by Alt and the arrows, found, shown by step. Without this script every button posts plainly.

import { fold } from "../list.js";
import { refresh } from "../morph.js";
import { murmur } from "../toast.js";

const SOON = 2_000; // ms between two looks while reading copies are being made
const LATER = 15_000;
const WAYS = { ArrowUp: "up", ArrowDown: "down" };

const desk = document.getElementById("papers-desk");
const rowOf = (element) => element?.closest?.("tr[data-paper]");
const rows = () => [...desk.querySelectorAll("tr[data-paper]")];
const rowWith = (pk) => desk.querySelector(`tr[data-paper="${CSS.escape(pk)}"]`);

// --- the page as it is now

let mark = null;
let coming = null;

/** Fetch the page and put it in place; several who ask at once get the same. */
export function bring() {
  coming ??= fetched().finally(() => (coming = null));
  return coming;
}

async function fetched() {
  const response = await fetch(location.pathname + location.search, { cache: "no-cache", credentials: "same-origin" });
  if (!response.ok || response.redirected) return;
  const fresh = response.headers.get("ETag");
  if (fresh && fresh === mark) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const part = page.getElementById("papers-desk");
  if (!part) return;
  mark = fresh;
  const token = page.querySelector("meta[name=csrf-token]");
  if (token) document.querySelector("meta[name=csrf-token]").content = token.content;
  const chosen = new Set([...desk.querySelectorAll(".pick input:checked")].map((box) => box.dataset.number));
  refresh(desk, part.innerHTML);
  desk.dataset.busy = part.dataset.busy;
  document.getElementById("total").textContent = page.getElementById("total").textContent;
  for (const box of desk.querySelectorAll(".pick input")) box.checked = chosen.has(box.dataset.number);
  show();
  document.dispatchEvent(new CustomEvent("papers:brought"));
}

async function look() {
  try {
    if (!document.hidden && !held && !document.querySelector("dialog[open]")) await bring();
  } catch {
    // No line: the next look will tell.
  }
  setTimeout(look, desk.dataset.busy ? SOON : LATER);
}
setTimeout(look, desk.dataset.busy ? SOON : LATER);

/** What has the focus, so that it can be given back when the page has been brought. */
function place() {
  const own = rowOf(document.activeElement);
  if (!own) return () => {};
  const way = document.activeElement.dataset.way;
  return () => {
    const there = rowWith(own.dataset.paper);
    (there?.querySelector(way ? `[data-way="${way}"]` : "[data-do]") ?? there?.querySelector(".t"))?.focus();
  };
}

document.addEventListener("command:done", async (event) => {
  const { form } = event.detail;
  if (!desk.contains(form) && form.id !== "remove-form") return;
  event.preventDefault();
  const back = place();
  form.closest("dialog")?.close();
  if (form.id === "bulk") for (const box of desk.querySelectorAll(".pick input:checked")) box.checked = false;
  await bring();
  back();
  const moved = form.dataset.command === "document.move" && rowWith(form.dataset.moved ?? form.elements.namedItem("document")?.value);
  if (moved) murmur(`${moved.closest("section").querySelector("h2").textContent.trim()}: ${[...moved.parentElement.rows].indexOf(moved) + 1}`);
});
document.addEventListener("command:refused", (event) => {
  if (desk.contains(event.detail.form) || event.detail.form.id === "remove-form") bring();
});
// Papers are moved one step after another, faster than a slip of the hand is told from a press.
document.addEventListener(
  "submit",
  (event) => {
    if (desk.contains(event.target)) event.target.dataset.again = "";
  },
  { capture: true },
);

// --- finding, and showing one step of the work

let step = new URLSearchParams(location.search).get("step") ?? "";
let sought = "";

function show() {
  if (step && !desk.querySelector(`button[data-step="${CSS.escape(step)}"]`)) step = ""; // nothing is left of it
  const words = fold(sought).split(/\s+/).filter(Boolean);
  const all = !step && !words.length;
  let left = 0;
  for (const group of desk.querySelectorAll("section.group")) {
    const name = fold(group.querySelector("h2").textContent);
    let shown = 0;
    for (const row of group.querySelectorAll("tr[data-paper]")) {
      const text = `${fold(row.querySelector(".what").textContent)} ${name} ${row.dataset.number}`;
      const fits = words.every((word) => text.includes(word)) && (!step || row.dataset.step === step || row.dataset.marks.split(" ").includes(step));
      if (row.hidden === fits) row.hidden = !fits;
      shown += fits ? 1 : 0;
    }
    const talks = group.querySelector(".speeches");
    if (talks) talks.hidden = !all;
    group.hidden = !all && shown === 0;
    left += shown;
  }
  for (const button of desk.querySelectorAll("[data-step]:is(button)")) button.setAttribute("aria-pressed", String(button.dataset.step === step));
  const none = desk.querySelector("[data-none]");
  if (none) none.hidden = all || left > 0;
  count();
}

desk.addEventListener("input", (event) => {
  if (!("searchPapers" in event.target.dataset)) return;
  sought = event.target.value;
  show();
});

desk.addEventListener("click", (event) => {
  const chosen = event.target.closest("button[data-step]");
  if (chosen) {
    step = step === chosen.dataset.step ? "" : chosen.dataset.step;
    show();
  }
  const go = event.target.closest("[data-way]");
  if (go) go.form.dataset.moved = rowOf(go).dataset.paper;
  const release = event.target.closest("[data-release]");
  if (release) {
    const numbers = [...desk.querySelectorAll(".pick input:checked")].map((box) => `paper=${box.dataset.number}`);
    if (numbers.length) location.assign(`${release.dataset.release}?${numbers.join("&")}`);
  }
});

// --- choosing several

function count() {
  const boxes = [...desk.querySelectorAll(".pick input")];
  const chosen = boxes.filter((box) => box.checked).length;
  const bulk = desk.querySelector(".bulk");
  if (!bulk) return;
  bulk.querySelector("[data-count]").textContent = String(chosen);
  bulk.hidden = chosen === 0;
  const every = desk.querySelector("[data-every]");
  const shown = boxes.filter((box) => !box.closest("[hidden]"));
  every.checked = shown.length > 0 && shown.every((box) => box.checked);
  every.indeterminate = chosen > 0 && !every.checked;
}
desk.addEventListener("change", (event) => {
  if ("every" in event.target.dataset) {
    for (const box of desk.querySelectorAll(".pick input")) if (!box.closest("[hidden]")) box.checked = event.target.checked;
  }
  count();
});

// --- keys

document.addEventListener("keydown", (event) => {
  const row = rowOf(event.target);
  if (row && event.altKey && WAYS[event.key]) {
    event.preventDefault();
    row.querySelector(`[data-way="${WAYS[event.key]}"]`)?.click();
  }
});

// --- dragging a paper by its grip

let held = null; // {row, line, to}

desk.addEventListener("pointerdown", (event) => {
  const row = event.target.closest(".grip") && rowOf(event.target);
  if (!row || event.button) return;
  event.preventDefault();
  const line = Object.assign(document.createElement("div"), { className: "drop-line", hidden: true });
  document.body.append(line);
  document.body.classList.add("dragging");
  row.classList.add("held");
  held = { row, line, to: null };
  event.target.setPointerCapture(event.pointerId);
});

function target(y) {
  const groups = [...desk.querySelectorAll("section.group[data-drop-item]:not([hidden])")];
  const group = groups.find((one) => y < one.getBoundingClientRect().bottom) ?? groups.at(-1);
  const others = [...group.querySelectorAll("tr[data-paper]:not([hidden])")].filter((row) => row !== held.row);
  const at = others.filter((row) => y > row.getBoundingClientRect().top + row.offsetHeight / 2).length;
  return { item: group.dataset.dropItem, before: others[at]?.dataset.paper ?? "", next: others[at], last: others.at(-1) ?? group.querySelector("header"), group };
}

desk.addEventListener("pointermove", (event) => {
  if (!held) return;
  held.to = target(event.clientY);
  const { next, last, group } = held.to;
  const box = (next ?? last).getBoundingClientRect();
  const wide = group.getBoundingClientRect();
  Object.assign(held.line.style, {
    top: `${(next ? box.top : box.bottom) + scrollY - 2}px`,
    left: `${wide.left + scrollX}px`,
    width: `${wide.width}px`,
  });
  held.line.hidden = false;
  if (event.clientY < 60) scrollBy(0, -12);
  else if (event.clientY > innerHeight - 60) scrollBy(0, 12);
});

function letGo(takes) {
  if (!held) return;
  const { row, line, to } = held;
  line.remove();
  document.body.classList.remove("dragging");
  row.classList.remove("held");
  held = null;
  if (!takes || !to) return;
  const own = rows().filter((one) => one.dataset.item === row.dataset.item);
  const after = own[own.indexOf(row) + 1]?.dataset.paper ?? "";
  if (to.item === row.dataset.item && to.before === after) return;
  const form = document.getElementById("go-there");
  form.elements.namedItem("document").value = row.dataset.paper;
  form.elements.namedItem("before").value = to.before;
  form.elements.namedItem("item").value = to.item;
  form.dataset.moved = row.dataset.paper;
  form.requestSubmit();
}
desk.addEventListener("pointerup", () => letGo(true));
desk.addEventListener("pointercancel", () => letGo(false));
document.addEventListener("keydown", (event) => event.key === "Escape" && letGo(false));

show();
