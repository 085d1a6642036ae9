// Presses that nobody meant. A second tap on the same spot is a slip of the hand: by then the button under it may already mean
// the next step. And two people run a meeting: what the other's step has just put under the finger is not pressed before it
// can be seen.

const SLIP = { ms: 900, px: 24 };
const UNSEEN = 600; // ms a button must have said and stood what and where it does
const STEADY = 8; // px a button may move and still be where it was
const FRESH = 2_000; // ms for which who has written in a form is taken to aim at its button

const pointer = { x: 0, y: 0, at: -Infinity, writing: null };
const wrote = { at: -Infinity, form: null };
const last = { at: -Infinity, x: 0, y: 0, pointed: false, form: null };
const meanings = new WeakMap(); // form → {meaning, since}
const places = new WeakMap(); // form → {box, was, since}: where its button stands, where it stood before, since when
let looked = -Infinity; // when the places were last noted

document.addEventListener(
  "pointerdown",
  (event) => Object.assign(pointer, { x: event.clientX, y: event.clientY, at: performance.now(), writing: writtenIn() }),
  true,
);

document.addEventListener("input", (event) => Object.assign(wrote, { at: performance.now(), form: event.target.form ?? null }), true);

/** The form in which somebody is writing or choosing, before the press takes the focus away: one the page holds still (still.js),
 * or has just been written in. Any other may have slid under a finger that aims at something else. */
function writtenIn() {
  const field = document.activeElement;
  if (!field?.matches("textarea, input, select")) return null;
  const isFresh = wrote.form === field.form && performance.now() - wrote.at < FRESH;
  return isFresh || field.closest("[data-still]") ? field.form : null;
}

/** A key is pressed nowhere: only a press that a pointer has just made can be near another. */
const isPointed = () => performance.now() - pointer.at < SLIP.ms;

/** Whether this press only repeats the last one. (What is meant to be pressed again and again says so: data-again.) */
export function isSlip(form) {
  if ("again" in form.dataset) return false;
  const near = isPointed() && last.pointed && Math.hypot(pointer.x - last.x, pointer.y - last.y) < SLIP.px;
  return performance.now() - last.at < SLIP.ms && (form === last.form || near);
}

/** Note that a form has been pressed. */
export function remember(form) {
  Object.assign(last, { at: performance.now(), x: pointer.x, y: pointer.y, pointed: isPointed(), form });
}

/** Note that what the last press began has ended. */
export function rest() {
  last.at = performance.now();
}

// --- what a button means, and where it stands

const forms = (root) => root.querySelectorAll("form[data-command]");

const NOT_MEANT = new Set(["csrfmiddlewaretoken", "command_id", "next"]);

/** What a form is about: where it goes and what it holds without being asked. */
export function meaning(form) {
  const held = [...form.querySelectorAll("input[type=hidden]")].map((input) => [input.name, input.value]);
  return JSON.stringify([form.getAttribute("action"), ...held.filter(([name]) => !NOT_MEANT.has(name))]);
}

function note(root, since) {
  for (const form of forms(root)) {
    const now = meaning(form);
    if (meanings.get(form)?.meaning !== now) meanings.set(form, { meaning: now, since });
  }
}

const boxOf = (form) => form.querySelector("button:not([type=button])")?.getBoundingClientRect() ?? null;
const moved = (a, b) => Math.abs(a.x - b.x) > STEADY || Math.abs(a.y - b.y) > STEADY;

function notePlace(form) {
  const box = boxOf(form);
  if (!box?.width) return places.delete(form);
  const known = places.get(form);
  if (!known) places.set(form, { box, was: null, since: looked });
  else if (moved(known.box, box)) places.set(form, { box, was: known.box, since: looked });
  return true;
}

/** Before an update: once a frame is enough, and nothing has to be laid out for it. */
function notePlaces() {
  if (performance.now() - looked < 16) return;
  for (const form of forms(document)) notePlace(form);
  looked = performance.now();
}

const within = (box) => pointer.x >= box.left && pointer.x <= box.right && pointer.y >= box.top && pointer.y <= box.bottom;

/** Whether the button has come under the finger so lately that it cannot have been aimed at. (Who has just written in a form, or
 * writes in one the page holds still, aims at its button.) */
function cameUnderTheFinger(form) {
  if (!isPointed() || pointer.writing === form) return false;
  notePlace(form);
  const place = places.get(form);
  return Boolean(place?.was) && pointer.at - place.since < UNSEEN && !within(place.was);
}

/** Whether the form has had this meaning, or its button this place, for too short a time to be seen. */
export function isUnseen(form) {
  return performance.now() - (meanings.get(form)?.since ?? -Infinity) < UNSEEN || cameUnderTheFinger(form);
}

note(document, -Infinity);
document.addEventListener("live:before", notePlaces);
document.addEventListener("live:part", (event) => note(event.detail.part, performance.now()));
