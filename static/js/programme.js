// Building the programme without leaving the page: what a command changes is fetched and put in place; items are dragged or
// moved by Alt and the arrows, changed where they stand, added line by line. Without this script every button posts plainly.

import { refresh } from "./morph.js";
import { murmur, toast } from "./toast.js";
import { say } from "./words.js";

const STEP = 28; // px to the side that make one level
const LOOK = 15_000; // ms between two looks whether somebody else has changed the programme
const WAYS = { ArrowUp: "up", ArrowDown: "down", ArrowRight: "in", ArrowLeft: "out" };

const builder = document.getElementById("builder");
const editForm = document.getElementById("edit-form");
const dialog = document.getElementById("edit-item");
const rowOf = (element) => element?.closest?.("tr[data-item]");
const rows = () => [...builder.querySelectorAll("tr[data-item]")];
const row = (id) => document.getElementById(`item-${id}`);
const titleOf = (one) => one.querySelector(".t").textContent.trim();

// --- the page as it is now

let mark = null; // of the page that is shown

async function bring() {
  const response = await fetch(location.pathname + location.search, { cache: "no-cache", credentials: "same-origin" });
  if (!response.ok || response.redirected) return false;
  const fresh = response.headers.get("ETag");
  if (fresh && fresh === mark) return false;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const part = page.getElementById("builder");
  if (!part) return false;
  const known = mark !== null;
  mark = fresh;
  const token = page.querySelector("meta[name=csrf-token]");
  if (token) document.querySelector("meta[name=csrf-token]").content = token.content;
  refresh(builder, part.innerHTML);
  document.getElementById("total").textContent = page.getElementById("total").textContent;
  countChosen();
  return known;
}

/** What has the focus, so that it can be given back: which row, which button in it. */
function place() {
  const active = document.activeElement;
  const own = rowOf(active);
  if (!own) return () => {};
  const { way } = active.dataset;
  const sort = "change" in active.dataset ? "[data-change]" : way ? `[data-way="${way}"]` : "[data-change]";
  return () => {
    const there = row(own.dataset.item);
    (there?.querySelector(sort) ?? there?.querySelector("[data-change]"))?.focus();
  };
}

const done = { "item.move": told, "item.add": toBe, "items.add": toBe };

/** Say where a moved item stands. */
function told(form) {
  const one = row(form.dataset.moved ?? form.elements.namedItem("item")?.value);
  if (!one) return;
  const number = one.querySelector(".no").textContent.trim();
  const above = row(one.dataset.parent);
  const values = { title: titleOf(one), number, parent: above ? titleOf(above) : "" };
  murmur(say(!number ? "moved-break" : above ? "moved-under" : "moved", values));
}
function toBe(form) {
  form.querySelector("[data-quick]")?.focus();
}

document.addEventListener("command:done", async (event) => {
  const { form } = event.detail;
  if (form.dataset.command === "programme.release") return;
  if (!builder.contains(form) && form !== editForm) return;
  event.preventDefault();
  const back = place();
  if (form === editForm && dialog.open) dialog.close();
  await bring();
  back();
  done[form.dataset.command]?.(form);
});

// Somebody else was first: show what stands now; what was typed stays in the box, and saving again is a choice. It means what the
// refusal has told, at once: a press may come before the page is brought, and what the page brings may be newer than what was read.
document.addEventListener("command:refused", async (event) => {
  const { form, body } = event.detail;
  if (form !== editForm && !builder.contains(form)) return;
  if (form === editForm) {
    if (body.version) form.elements.namedItem("version").value = body.version;
    if (!dialog.open) dialog.showModal();
  }
  await bring();
});

setInterval(async () => {
  if (document.hidden || dialog?.open || builder.querySelector("[data-edit] > :is(input, textarea)") || held) return;
  try {
    if (await bring()) toast("done", say("others"));
  } catch {
    // No line: the next look will tell.
  }
}, LOOK);

// --- one item changed: in its box, or where it stands

function fill(one) {
  const set = (name, value) => (editForm.elements.namedItem(name).value = value);
  for (const old of editForm.querySelectorAll("[data-from-command], [data-person]")) old.remove();
  for (const control of editForm.elements) control.removeAttribute("aria-invalid");
  for (const name of ["item", "version", "kind", "minutes", "speech_minutes", "begins_at", "note"]) set(name, one.dataset[name]);
  set("title", titleOf(one));
  set("presenter", one.querySelector(".by").textContent.trim());
}

function open(one) {
  fill(one);
  dialog.showModal();
  editForm.elements.namedItem("title").focus();
}

function editHere(cell) {
  const one = rowOf(cell);
  const name = cell.dataset.edit;
  if (!one || !editForm || one.dataset.state === "closed" || cell.querySelector("input, textarea")) return;
  const before = name === "minutes" ? one.dataset.minutes : cell.textContent.trim();
  const kept = [...cell.childNodes];
  const input = document.createElement(name === "title" ? "textarea" : "input");
  Object.assign(input, { value: before, rows: 1, maxLength: name === "title" ? 400 : 200 });
  if (name === "minutes") Object.assign(input, { type: "number", min: 1, max: 1440 });
  if (name === "presenter") input.setAttribute("list", "presenters");
  input.setAttribute("aria-label", `${document.querySelector(`label[for=edit-${name}]`).textContent}: ${titleOf(one)}`);
  cell.replaceChildren(input);
  input.focus();
  input.select();
  let over = false;
  const end = (save) => {
    if (over) return;
    over = true;
    const value = input.value.replace(/\s+/g, " ").trim();
    const good = name === "presenter" || (value && input.checkValidity());
    cell.replaceChildren(...kept);
    if (!save || !good || value === before) return;
    fill(one);
    editForm.elements.namedItem(name).value = value;
    editForm.requestSubmit();
  };
  input.addEventListener("blur", () => end(true));
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || (event.key !== "Enter" && event.key !== "Escape")) return;
    event.preventDefault();
    event.stopPropagation();
    end(event.key === "Enter");
    one.querySelector("[data-change]")?.focus();
  });
}

// --- buttons and keys

builder.addEventListener("click", (event) => {
  const cell = event.target.closest("[data-edit]");
  if (cell && builder.contains(cell)) return editHere(cell);
  const one = rowOf(event.target);
  if (event.target.closest("[data-change]")) open(one);
  if (event.target.closest("[data-copy]")) copy(one);
  const go = event.target.closest("[data-way]");
  if (go) go.form.dataset.moved = one.dataset.item;
  if (go || event.target.closest("[data-copy]")) event.target.closest("details")?.removeAttribute("open");
});

function send(id, values) {
  const form = document.getElementById(id);
  for (const [name, value] of Object.entries(values)) {
    const field = form.elements.namedItem(name) ?? Object.assign(document.createElement("input"), { type: "hidden", name });
    field.value = value;
    if (!field.isConnected) form.append(field);
  }
  if (values.item) form.dataset.moved = values.item;
  form.requestSubmit();
}

function copy(one) {
  const { kind, minutes, speech_minutes, note, parent, depth } = one.dataset;
  const after = rows().slice(rows().indexOf(one) + 1);
  const next = after.find((other) => Number(other.dataset.depth) <= Number(depth));
  const before = next && next.dataset.parent === parent && next.parentElement === one.parentElement ? next.dataset.item : "";
  send("copy", {
    title: titleOf(one), kind, presenter: one.querySelector(".by").textContent.trim(), minutes, speech_minutes, note,
    parent: parent === "0" ? "" : parent, before, sitting: parent === "0" ? one.parentElement.dataset.sitting : "",
  }); // prettier-ignore
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select, dialog");
  const one = rowOf(event.target);
  if (one && !typing && event.key === "F2") return open(one);
  if (one && event.altKey && WAYS[event.key]) {
    event.preventDefault();
    if (one.dataset.state === "planned") one.querySelector(`[data-way="${WAYS[event.key]}"]`)?.click();
  } else if ((event.ctrlKey || event.metaKey) && event.key === "z" && !typing && document.getElementById("undo")) {
    event.preventDefault();
    document.getElementById("undo").requestSubmit();
  }
});

// --- many lines

builder.addEventListener("keydown", (event) => {
  if (!("quick" in event.target.dataset) || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  if (event.target.value.trim()) event.target.form.requestSubmit();
});
builder.addEventListener("input", (event) => {
  if ("quick" in event.target.dataset) event.target.rows = Math.min(12, event.target.value.split("\n").length);
});
document.addEventListener("reset", (event) => {
  const quick = event.target.querySelector?.("[data-quick]");
  if (quick) quick.rows = 1;
});

// --- several at once

function countChosen() {
  const count = builder.querySelectorAll("input[name=items]:checked").length;
  const line = builder.querySelector("[data-chosen]");
  if (!line) return;
  line.dataset.empty ??= line.textContent;
  line.textContent = count ? say("chosen", { n: count }) : line.dataset.empty;
}
builder.addEventListener("change", countChosen);

// --- presenters of the list of participants

const people = new Map(); // what is offered → key of the participant
let asked = 0;

document.addEventListener("input", (event) => {
  if (event.target.getAttribute?.("list") !== "presenters") return;
  clearTimeout(asked);
  asked = setTimeout(() => offer(event.target.value), 200);
});

async function offer(text) {
  const at = text.lastIndexOf(";") + 1;
  const [earlier, typed] = [text.slice(0, at), text.slice(at).trim()];
  if (typed.length < 2) return;
  const response = await fetch(`${builder.dataset.presenters}?q=${encodeURIComponent(typed)}`, { credentials: "same-origin" });
  if (!response.ok) return;
  const found = (await response.json()).people;
  const options = found.flatMap(({ id, name, office }) => [[`${name}${office ? `, ${office}` : ""}`, id], office && [office, 0]].filter(Boolean));
  document.getElementById("presenters").replaceChildren(
    ...options.map(([words_, id]) => {
      const option = document.createElement("option");
      option.value = `${earlier}${earlier ? " " : ""}${words_}`.slice(0, 200);
      if (id) people.set(words_, id);
      return option;
    }),
  );
}

// Before it is sent, a form says which participants are meant (commands.js reads it after this).
document.addEventListener(
  "submit",
  (event) => {
    // Items are added and moved one step after another, faster than a slip of the hand is told from a press.
    if (builder.contains(event.target) && event.target.id !== "release") event.target.dataset.again = "";
    if (event.target !== editForm) return;
    editForm.dataset.again = "";
    for (const old of editForm.querySelectorAll("[data-person]")) old.remove();
    const text = editForm.elements.namedItem("presenter").value;
    for (const [name, id] of people) {
      if (!text.includes(name)) continue;
      const input = Object.assign(document.createElement("input"), { type: "hidden", name: "people", value: id });
      input.dataset.person = "";
      editForm.append(input);
    }
  },
  { capture: true },
);

// --- dragging

let held = null; // {one, block, startX, startY, to, line}

builder.addEventListener("pointerdown", (event) => {
  const one = event.target.closest(".grip") && rowOf(event.target);
  if (!one || event.button) return;
  event.preventDefault();
  const all = rows();
  const at = all.indexOf(one);
  const block = [one];
  for (const other of all.slice(at + 1)) {
    if (Number(other.dataset.depth) <= Number(one.dataset.depth)) break;
    block.push(other);
  }
  const line = Object.assign(document.createElement("div"), { className: "drop-line", hidden: true });
  document.body.append(line);
  document.body.classList.add("dragging");
  for (const other of block) other.classList.add("held");
  held = { one, block, line, startX: event.clientX, to: null, grip: event.target };
  event.target.setPointerCapture(event.pointerId);
  murmur(say("lifted", { title: titleOf(one) }));
});

function bodyAt(y) {
  const bodies = [...builder.querySelectorAll("tbody[data-sitting]")];
  return bodies.find((body) => y < body.closest("section").getBoundingClientRect().bottom) ?? bodies.at(-1);
}

function target(event) {
  const { one, block, startX } = held;
  const body = bodyAt(event.clientY);
  const rest = [...body.rows].filter((other) => !block.includes(other));
  const at = rest.filter((other) => event.clientY > other.getBoundingClientRect().top + other.offsetHeight / 2).length;
  const [before, after] = [rest[at - 1], rest[at]];
  const most = before && before.dataset.kind !== "break" && before.dataset.state === "planned" ? Number(before.dataset.depth) + 1 : Number(before?.dataset.depth ?? 0);
  const least = after ? Number(after.dataset.depth) : 0;
  const wanted = Number(one.dataset.depth) + Math.round((event.clientX - startX) / STEP);
  const depth = Math.max(least, Math.min(most, 2, wanted));
  const above = depth ? rest.slice(0, at).findLast((other) => Number(other.dataset.depth) === depth - 1) : null;
  const next = after && Number(after.dataset.depth) === depth ? after.dataset.item : "";
  return { parent: above?.dataset.item ?? "", before: next, sitting: depth ? "" : body.dataset.sitting, depth, at: after, last: before, body };
}

function draw({ at, last, body, depth }) {
  const box = (at ?? last ?? body.closest("table")).getBoundingClientRect();
  const y = at ? box.top : box.bottom;
  const start = box.left + 90 + depth * STEP;
  Object.assign(held.line.style, {
    top: `${y + scrollY - 2}px`,
    left: `${start + scrollX}px`,
    width: `${Math.max(60, box.right - start)}px`,
  });
  held.line.hidden = false;
}

builder.addEventListener("pointermove", (event) => {
  if (!held) return;
  held.to = target(event);
  draw(held.to);
  const edge = 60;
  if (event.clientY < edge) scrollBy(0, -12);
  else if (event.clientY > innerHeight - edge) scrollBy(0, 12);
});

function letGo(takes) {
  if (!held) return;
  const { one, block, line, to } = held;
  line.remove();
  document.body.classList.remove("dragging");
  for (const other of block) other.classList.remove("held");
  held = null;
  if (!takes || !to) return;
  const stays = to.parent === (one.dataset.parent === "0" ? "" : one.dataset.parent) && to.before === one.dataset.item;
  if (!stays) send("go-there", { item: one.dataset.item, parent: to.parent, before: to.before, sitting: to.sitting });
}
builder.addEventListener("pointerup", () => letGo(true));
builder.addEventListener("pointercancel", () => letGo(false));
document.addEventListener("keydown", (event) => event.key === "Escape" && letGo(false));
