// Whether a hand is at work this very moment: a press that has begun must end on what it began on; words that are being
// composed (Vietnamese letters take several keys), an open list of choices and selected words must not change meanwhile.

const REST = 300; // ms after a press: its click has been dealt with by then
const PRESS = 10_000; // ms; a finger that rests on the glass longer has forgotten its button
const SELECTED = 20_000; // ms after the last change of a selection: copying takes no longer
const COMPOSED = 10_000; // ms after the last key of a word that is being composed

let press = null; // {from, until}
let composing = null; // {where, at}
let selectedAt = -Infinity;

const now = () => performance.now();
const inCapture = { capture: true, passive: true };

function begin() {
  press = { from: now(), until: Infinity };
}

function end() {
  if (press?.until === Infinity) press.until = now() + REST;
}

// A list of choices takes the release of the finger for itself: it is looked at below.
document.addEventListener("pointerdown", (event) => event.target.closest?.("select") || begin(), inCapture);
for (const name of ["pointerup", "pointercancel", "dragend"]) document.addEventListener(name, end, inCapture);
document.addEventListener("pointermove", (event) => event.pointerType === "mouse" && event.buttons === 0 && end(), inCapture);
window.addEventListener("blur", end);
// The space bar presses a button when it is let go.
document.addEventListener("keydown", (event) => event.key === " " && !event.repeat && event.target.closest?.("button, summary") && begin(), inCapture);
document.addEventListener("keyup", (event) => event.key === " " && end(), inCapture);

for (const name of ["compositionstart", "compositionupdate"]) {
  document.addEventListener(name, (event) => (composing = { where: event.target, at: now() }), inCapture);
}
document.addEventListener("compositionend", () => (composing = null), inCapture);
document.addEventListener("selectionchange", () => (selectedAt = now()));

/** Whether something is being pressed, or has just been. */
export function pressing() {
  return press !== null && now() < Math.min(press.until, press.from + PRESS);
}

function composingIn(part) {
  return composing !== null && part.contains(composing.where) && now() - composing.at < COMPOSED;
}

const OPEN_SELECT = CSS.supports("selector(select:open)") ? "select:open" : null;

function choosingIn(part) {
  return OPEN_SELECT !== null && part.querySelector(OPEN_SELECT) !== null;
}

function selectingIn(part) {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || now() - selectedAt > SELECTED) return false;
  return selection.getRangeAt(0).intersectsNode(part);
}

/** Whether an update of `part` has to wait. */
export function occupied(part) {
  return pressing() || composingIn(part) || choosingIn(part) || selectingIn(part);
}
