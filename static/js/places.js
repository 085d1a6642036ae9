// Bridge points: groups of the board that fetch their tiles when they are opened, the search for one by its name, the sheet of
// what can be done there, and the choosing of bridge points for a form. <input data-lookup="address" data-into="id">.

import { refresh } from "./morph.js";

const GROUP_EVERY = 5000; // ms between two readings of an open group
const TYPING = 250; // ms without a key before a search goes out

async function bring(element, address, stillWanted = () => true) {
  try {
    const response = await fetch(address, { headers: { Accept: "text/html" }, cache: "no-store" });
    if (!response.ok || response.redirected) return;
    const html = await response.text();
    if (stillWanted()) refresh(element, html);
  } catch {
    // no line just now: the next reading brings it
  }
}

// --- groups

const readAt = new WeakMap(); // group → when it was last fetched

function follow(group) {
  if (!group.open || document.visibilityState !== "visible") return;
  if (performance.now() - (readAt.get(group) ?? -Infinity) < GROUP_EVERY) return;
  readAt.set(group, performance.now());
  bring(group.querySelector(".inside"), group.dataset.group);
}

const followAll = () => document.querySelectorAll("details.group[open]").forEach(follow);
setInterval(followAll, 1000);

document.addEventListener(
  "toggle",
  (event) => {
    if (event.target.matches("details.group")) follow(event.target);
    if (event.target.matches("details.picker") && event.target.open) beginLookup(event.target);
  },
  true,
);

// --- search

const asked = new WeakMap(); // field → the running number of its last search

function lookUp(field) {
  const into = document.getElementById(field.dataset.into);
  const number = (asked.get(field) ?? 0) + 1;
  asked.set(field, number);
  const words = field.value.trim();
  if (!words && !field.closest(".picker")) return into.replaceChildren();
  const address = new URL(field.dataset.lookup || field.form.action, location.href);
  address.searchParams.set("q", words);
  return bring(into, address, () => asked.get(field) === number);
}

function beginLookup(picker) {
  const field = picker.querySelector("[data-lookup]");
  if (!document.getElementById(field.dataset.into).childElementCount) lookUp(field);
}

const waiting = new WeakMap();
document.addEventListener("input", (event) => {
  const field = event.target.closest?.("[data-lookup]");
  if (!field) return;
  clearTimeout(waiting.get(field));
  waiting.set(field, setTimeout(() => lookUp(field), TYPING));
});

// Enter in a search looks at once; it never sends the form the field happens to stand in.
document.addEventListener("keydown", (event) => {
  const field = event.target.closest?.("[data-lookup]");
  if (!field || event.key !== "Enter") return;
  event.preventDefault();
  lookUp(field);
});

// --- choosing

/** The chosen bridge points of a picker: their ids. */
const chosenIn = (picker) => [...picker.querySelectorAll(".chosen input")].map((input) => input.value);

function choose(picker, id, name) {
  const list = picker.querySelector(".chosen");
  const already = list.querySelector(`input[value="${CSS.escape(id)}"]`);
  if (already) return drop(picker, already.closest("li"));
  if ("single" in picker.dataset) list.replaceChildren();
  const row = document.createElement("li");
  const out = document.createElement("button");
  Object.assign(out, { type: "button", className: "button", textContent: name });
  out.dataset.drop = "";
  out.setAttribute("aria-label", `${list.dataset.remove}: ${name}`);
  const input = document.createElement("input");
  Object.assign(input, { type: "hidden", name: picker.dataset.field, value: id });
  row.append(out, input);
  list.append(row);
  return markChosen(picker);
}

function drop(picker, row) {
  row.remove();
  markChosen(picker);
}

function markChosen(picker) {
  if (!picker) return;
  const ids = new Set(chosenIn(picker));
  for (const one of picker.querySelectorAll("[data-choice]")) one.setAttribute("aria-pressed", String(ids.has(one.dataset.choice)));
  sayWhom(picker.closest("form"));
}

document.addEventListener("live:part", (event) => markChosen(event.detail.part.closest(".picker")));

/** The button says whom it reaches, so that nothing goes to all by an oversight. */
function sayWhom(form) {
  const whom = form.querySelector("[data-whom]");
  const picked = [...form.querySelectorAll(".chosen li")];
  const ticked = [...form.elements].filter((one) => one.name === "displays" && one.checked).length;
  if (whom) whom.textContent = picked.length ? whom.dataset.some.replace("{n}", picked.length) : whom.dataset.all;
  const target = form.querySelector("[data-target]");
  if (!target) return;
  const { all, some, site } = target.dataset;
  const [name] = picked.map((row) => row.textContent);
  target.textContent = ticked ? some.replace("{n}", ticked) : name ? site.replace("{name}", name) : all;
}

document.addEventListener("change", (event) => {
  if (event.target.name === "displays" && event.target.form) sayWhom(event.target.form);
});
/** Tick every row of a list that its search shows. */
function tickShown(list) {
  for (const row of list.children) {
    const box = row.querySelector("input[type=checkbox]");
    if (box && !row.hidden && !box.checked) box.click();
  }
}

document.addEventListener("reset", (event) => {
  for (const list of event.target.querySelectorAll(".picker .chosen")) list.replaceChildren();
  setTimeout(() => {
    for (const picker of event.target.querySelectorAll(".picker")) markChosen(picker);
  });
});

// --- the sheet

const sheet = () => document.getElementById("site-sheet");

function openSheet(tile) {
  const [id, name] = [tile.dataset.siteTile, tile.querySelector(".label")?.textContent ?? tile.textContent];
  const box = sheet();
  box.dataset.id = id;
  box.querySelector("h2").textContent = name;
  const about = (tile.matches(".tile") ? tile.querySelector(".what") : tile.closest(".tile")).cloneNode(true);
  for (const hidden of about.querySelectorAll(".sr")) hidden.classList.remove("sr");
  for (const part of about.querySelectorAll(".buttons, .label, [id]")) part.remove();
  box.querySelector("[data-about]").textContent = [...about.children].map((part) => part.textContent.trim().replace(/\s+/g, " ")).join(" · ");
  for (const button of box.querySelectorAll("[data-thread]")) button.dataset.thread = id;
  const console = box.querySelector("[data-console]");
  if (console) console.href = tile.href;
  box.showModal();
}

/** Open a form of the desk with one bridge point chosen. */
function address(holder, site, name) {
  document.dispatchEvent(new CustomEvent("panel:open", { detail: holder.closest(".panel").id }));
  if (holder.tagName === "DETAILS") holder.open = true;
  const picker = holder.querySelector(".picker");
  picker.querySelector(".chosen").replaceChildren();
  choose(picker, site, name);
  holder.querySelector("textarea, .modes button").focus();
}

const ACTIVE = "[data-site-tile], [data-choice], [data-drop], [data-address-to], [data-tick-shown], #site-sheet [data-thread]";

document.addEventListener("click", (event) => {
  const target = event.target.closest?.(ACTIVE);
  if (!target) return;
  const picker = target.closest(".picker");
  if (target.dataset.siteTile && sheet() && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    openSheet(target);
  } else if (target.dataset.choice && picker) choose(picker, target.dataset.choice, target.dataset.name);
  else if ("drop" in target.dataset) drop(picker, target.closest("li"));
  else if (target.dataset.addressTo) {
    sheet().close();
    address(document.getElementById(target.dataset.addressTo), sheet().dataset.id, sheet().querySelector("h2").textContent);
  } else if (target.dataset.tickShown) tickShown(document.getElementById(target.dataset.tickShown));
  else if (target.closest("#site-sheet")) sheet().close();
});
