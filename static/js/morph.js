// Brings a live part up to date without disturbing anybody. What somebody fills in (a form, a field, an open dialog) is left
// alone until they have finished, while everything around it goes on; for the moments of hands.js the whole part waits; what
// the reader has opened stays open, where they have scrolled to stays in sight.

import { Idiomorph } from "../vendor/idiomorph/idiomorph.esm.js";
import { TICKING } from "./clock.js";
import { occupied } from "./hands.js";
import { meaning } from "./slips.js";

const TYPED = "input:not([type=hidden], [type=submit], [type=button]), textarea, select";
const AGAIN = 100; // ms between two looks whether the hand has gone

// --- who is at work

function changedSelect(select) {
  const options = [...select.options];
  const anyDefault = options.some((one) => one.defaultSelected);
  if (anyDefault || select.multiple) return options.some((one) => one.selected !== one.defaultSelected);
  return select.selectedIndex > 0 && select.selectedIndex !== options.findIndex((one) => !one.disabled);
}

function changed(control) {
  if (control instanceof HTMLSelectElement) return changedSelect(control);
  if (control.type === "checkbox" || control.type === "radio") return control.checked !== control.defaultChecked;
  if (control.type === "file") return control.files.length > 0;
  return control.value !== control.defaultValue;
}

/** Whether somebody is at work in this element: a focused or changed control, or something chosen into a list. */
export function busy(element) {
  if (element.querySelector("[data-drop]")) return true;
  if ([...element.querySelectorAll("rich-text")].some((one) => one.busy)) return true;
  const controls = element.matches(TYPED) ? [element] : element.querySelectorAll(TYPED);
  return [...controls].some((control) => control === document.activeElement || (!ownFilter(control) && changed(control)));
}

/** Search boxes and filters belong to the reader's view, not to something half filled in. */
function ownFilter(control) {
  return "search" in control.dataset || "filter" in control.dataset;
}

/** What must be left alone in a part: open dialogs, forms in work, fields in work that belong to no form. */
function inWork(part) {
  const dialogs = [...part.querySelectorAll("dialog[open]")];
  const forms = [...part.querySelectorAll("form")].filter(busy);
  const fields = [...part.querySelectorAll(TYPED)].filter((field) => !part.contains(field.form) && busy(field));
  const all = [...dialogs, ...forms, ...fields];
  return all.filter((one) => !all.some((other) => other !== one && other.contains(one)));
}

// --- where it stands in the new content

const KEYS = {
  FORM: [meaning, (form) => form.getAttribute("action")],
  DETAILS: [(box) => `${box.className}|${box.querySelector("summary")?.textContent.trim()}`, (box) => box.className],
};
const keysOf = (element) => KEYS[element.tagName] ?? [(field) => [field.type, field.name, field.dataset.search, field.dataset.filter].join("|")];

/** The element of the new content that stands for `old`: by its id, by what it is about, or because there is only one. */
function twin(old, part, fresh) {
  if (old.id) {
    const named = fresh.getElementById(old.id);
    if (named && named.tagName !== old.tagName) named.removeAttribute("id");
    return named?.id ? named : null;
  }
  const anchor = old.parentElement.closest("[id]");
  const named = anchor && part.contains(anchor) && anchor !== part ? anchor : null;
  const there = named ? fresh.getElementById(named.id) : fresh;
  return (there && alike(old, named ?? part, there)) || (says(old) ? alike(old, part, fresh, 1) : null);
}

/** Whether an element says itself what it is about: it can be told from its like wherever it stands. */
const says = (element) => element.tagName === "FORM" && JSON.parse(meaning(element)).length > 1;

function alike(old, here, there, strictly = 2) {
  for (const [laxness, key] of keysOf(old).slice(0, strictly).entries()) {
    const like = (root) => [...root.querySelectorAll(old.tagName)].filter((one) => !one.id && key(one) === key(old));
    const [olds, news] = [like(here), like(there)];
    const found = laxness === 0 || (olds.length === 1 && news.length === 1) ? news[olds.indexOf(old)] : null;
    if (found) return found;
  }
  return null;
}

/** The child of `place` that stands where `old` stands among its brothers. */
function placeOf(old, place) {
  if (old.id) return [...place.children].find((one) => one.id === old.id) ?? null;
  const same = (one) => !one.id && one.tagName === old.tagName && one.className === old.className;
  return [...place.children].filter(same)[[...old.parentElement.children].filter(same).indexOf(old)] ?? null;
}

/** The new content has nothing for `kept`: put a likeness of it, with as little around it as possible, where it stood. */
function graft(kept, part, fresh) {
  const chain = [];
  for (let one = kept; one !== part; one = one.parentElement) chain.unshift(one);
  let place = fresh;
  let branch = kept;
  for (branch of chain) {
    const next = branch === kept ? null : placeOf(branch, place);
    if (!next) break;
    place = next;
  }
  const likeness = branch.cloneNode(true);
  for (const one of likeness.querySelectorAll("[id]")) if (one.id !== kept.id && fresh.getElementById(one.id)) one.remove();
  const index = [...branch.parentElement.children].indexOf(branch);
  place.insertBefore(likeness, place.children[index] ?? null);
}

/** Tie what must be found again to the new content by ids of the moment; returns what loosens them. */
function tie(part, fresh, kept) {
  const tied = [];
  for (const one of [...kept, ...part.querySelectorAll("details:not([id])")]) {
    const other = twin(one, part, fresh);
    if (!other && !kept.includes(one)) continue;
    if (!one.id) {
      one.id = `kept-${tied.length}`;
      tied.push(one);
    }
    if (other) other.id = one.id;
    else graft(one, part, fresh);
  }
  return () => tied.forEach((one) => one.removeAttribute("id"));
}

// --- the callbacks of the morph

let left = new Set(); // what is left alone in the morph under way

function copyAttributes(old, fresh) {
  for (const { name, value } of fresh.attributes) {
    if (name !== "hidden" && old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  for (const { name } of [...old.attributes]) {
    if (name !== "hidden" && !fresh.hasAttribute(name)) old.removeAttribute(name);
  }
}

function beforeNodeMorphed(old, fresh) {
  if (old.nodeType !== 1) return true;
  if (left.has(old)) return false;
  if (old.tagName === "RICH-TEXT" && old.view) {
    old.renew(fresh.dataset?.value); // what it shows is its own
    return false;
  }
  if (TICKING.has(old.tagName) && fresh.nodeType === 1) {
    copyAttributes(old, fresh);
    return false;
  }
  if (old.tagName === "LIVE-PART" && old.dataset.fragment === fresh.dataset?.fragment) return false; // it is fetched, not sent
  return !("keep" in old.dataset);
}

function beforeNodeRemoved(old) {
  return ![...left].some((one) => old.contains(one));
}

function beforeAttributeUpdated(name, element) {
  if (name === "open" && (element.tagName === "DETAILS" || element.tagName === "DIALOG")) return false;
  return !(name === "value" && element.matches(TYPED) && ownFilter(element));
}

/** Leave out what this reader may not do: a part is rendered once for everybody who looks at the same screen. */
function prune(fragment) {
  const may = new Set((document.documentElement.dataset.may ?? "").split(" "));
  for (const element of fragment.querySelectorAll("[data-needs]")) {
    if (!may.has(element.dataset.needs)) element.remove();
  }
}

const rolled = new Set(); // what has been scrolled inside parts: asking every element would cost a layout each time
document.addEventListener("scroll", (event) => event.target.nodeType === 1 && rolled.add(event.target), { capture: true, passive: true });

/** Where the reader has scrolled to inside a part; returns what brings them back there. */
function scrolled(part) {
  for (const one of rolled) if (!one.isConnected) rolled.delete(one);
  const places = [...rolled].filter((one) => part.contains(one)).map((one) => [one, one.scrollTop, one.scrollLeft]);
  return () => {
    for (const [one, top, start] of places) {
      if (top && !one.scrollTop) one.scrollTop = top;
      if (start && !one.scrollLeft) one.scrollLeft = start;
    }
  };
}

// --- now, or when the hand has gone

const latest = new WeakMap(); // part → its newest content
const owed = new Set(); // parts in which something was left alone, to be brought up to date when its owner has finished
const waiting = new Set(); // parts whose update waits for a hand
let looking = 0;

/** Whether an update waits: the page then shows a moment that has passed. */
export const isHeld = () => waiting.size > 0;

function wait(part) {
  waiting.add(part);
  looking ||= setInterval(release, AGAIN);
}

function release() {
  for (const part of [...waiting]) {
    if (part.isConnected && occupied(part)) continue;
    waiting.delete(part);
    if (part.isConnected) refresh(part, latest.get(part));
  }
  if (waiting.size) return;
  clearInterval(looking);
  looking = 0;
}

function payOwed() {
  const parts = [...owed];
  owed.clear();
  for (const part of parts) if (part.isConnected) refresh(part, latest.get(part));
}

/** Morph the content of `part` into `html`, or see to it as soon as nobody is in the way. */
export function refresh(part, html) {
  latest.set(part, html);
  if (occupied(part)) return wait(part);
  waiting.delete(part);
  owed.delete(part);
  document.dispatchEvent(new CustomEvent("live:before", { detail: { part } }));
  morph(part, html);
  if (left.size) owed.add(part);
  document.dispatchEvent(new CustomEvent("live:part", { detail: { part } }));
}

function morph(part, html) {
  const fresh = document.createElement("template");
  fresh.innerHTML = html;
  prune(fresh.content);
  const kept = inWork(part);
  left = new Set(kept);
  const backToPlace = scrolled(part);
  const loosen = tie(part, fresh.content, kept);
  Idiomorph.morph(part, fresh.innerHTML, {
    morphStyle: "innerHTML",
    callbacks: { beforeNodeMorphed, beforeNodeRemoved, beforeAttributeUpdated },
  });
  loosen();
  backToPlace();
}

document.addEventListener("focusout", () => setTimeout(payOwed));
document.addEventListener("reset", () => setTimeout(payOwed));
for (const name of ["command:done", "command:kept"]) document.addEventListener(name, () => setTimeout(payOwed));
