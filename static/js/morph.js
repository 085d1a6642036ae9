// Brings a live part up to date without disturbing anybody: what is being typed, half filled in, opened or counting stays.

import { Idiomorph } from "../vendor/idiomorph/idiomorph.esm.js";
import { TICKING } from "./clock.js";

const TYPED = "input:not([type=hidden], [type=submit], [type=button]), textarea, select";

function changed(control) {
  if (control instanceof HTMLSelectElement) return [...control.options].some((one) => one.selected !== one.defaultSelected);
  if (control.type === "checkbox" || control.type === "radio") return control.checked !== control.defaultChecked;
  return control.value !== control.defaultValue;
}

/** Whether somebody is at work in this element: a focused or changed control. */
export function busy(element) {
  const controls = element.matches(TYPED) ? [element] : element.querySelectorAll(TYPED);
  return [...controls].some((control) => control === document.activeElement || (!ownFilter(control) && changed(control)));
}

/** Search boxes and filters belong to the reader's view, not to something half filled in. */
function ownFilter(control) {
  return "search" in control.dataset || "filter" in control.dataset;
}

const latest = new WeakMap(); // part → its newest content
const owed = new Set(); // parts in which something was left alone, to be brought up to date when its owner has finished

/** Leave alone what somebody is at work in, and remember that its part is owed an update. */
function leftAlone(old) {
  const kept = old.nodeType === 1 && (old.tagName === "FORM" || old.matches(TYPED)) && busy(old);
  if (kept) owed.add(old.closest("live-part"));
  return kept;
}

function payOwed() {
  const parts = [...owed];
  owed.clear();
  for (const part of parts) if (part?.isConnected) refresh(part, latest.get(part));
}

function copyAttributes(old, fresh) {
  for (const { name, value } of fresh.attributes) {
    if (name !== "hidden" && old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  for (const { name } of [...old.attributes]) {
    if (name !== "hidden" && !fresh.hasAttribute(name)) old.removeAttribute(name);
  }
}

function beforeNodeMorphed(old, fresh) {
  if (leftAlone(old)) return false;
  if (old.nodeType === 1 && TICKING.has(old.tagName) && fresh.nodeType === 1) {
    copyAttributes(old, fresh);
    return false;
  }
  return !(old.nodeType === 1 && "keep" in old.dataset);
}

function beforeNodeRemoved(old) {
  if (old.nodeType !== 1) return true;
  return ![old, ...old.querySelectorAll("form")].some(leftAlone);
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

/** Morph the content of `part` into `html`. */
export function refresh(part, html) {
  latest.set(part, html);
  owed.delete(part);
  const fresh = document.createElement("template");
  fresh.innerHTML = html;
  prune(fresh.content);
  Idiomorph.morph(part, fresh.innerHTML, {
    morphStyle: "innerHTML",
    callbacks: { beforeNodeMorphed, beforeNodeRemoved, beforeAttributeUpdated },
  });
  document.dispatchEvent(new CustomEvent("live:part", { detail: { part } }));
}

document.addEventListener("focusout", () => setTimeout(payOwed));
document.addEventListener("command:done", () => setTimeout(payOwed));
