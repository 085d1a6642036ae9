// What a person has had before the eyes: [data-seen="site_command:12"] is reported once it has been visible for a second, on a
// page that is itself visible.

const LONG_ENOUGH = 1000; // ms
const ENOUGH_OF_IT = 0.5; // half of it, or half of the window where it is larger
const AT_ONCE = 20; // names in one report

const known = new Set(); // names that have been reported, or are about to be
const pending = [];
const timers = new Map(); // element → timer
const inSight = new Set();
let tell = () => {};

function look(entries) {
  for (const { target, isIntersecting, intersectionRatio, intersectionRect, rootBounds } of entries) {
    const half = intersectionRatio >= ENOUGH_OF_IT || intersectionRect.height >= (rootBounds?.height ?? Infinity) * ENOUGH_OF_IT;
    if (isIntersecting && half) inSight.add(target);
    else inSight.delete(target);
    attend(target);
  }
}

const observer = new IntersectionObserver(look, { threshold: [0, 0.25, ENOUGH_OF_IT, 0.75, 1] });

/** Begin, or stop, to wait for the second in which an element is seen. */
function attend(element) {
  const name = element.dataset.seen;
  const visible = inSight.has(element) && element.isConnected && document.visibilityState === "visible";
  if (!visible || !name || known.has(name)) {
    clearTimeout(timers.get(element));
    timers.delete(element);
  } else if (!timers.has(element)) {
    timers.set(element, setTimeout(() => note(element, name), LONG_ENOUGH));
  }
}

function note(element, name) {
  timers.delete(element);
  if (element.dataset.seen !== name) return attend(element); // it has become another one meanwhile
  if (known.has(name)) return;
  known.add(name);
  pending.push(name);
  tell();
}

function watch(root) {
  for (const element of root.querySelectorAll("[data-seen]")) {
    observer.observe(element);
    attend(element);
  }
  for (const element of inSight) if (!element.isConnected) inSight.delete(element);
}

/** Call `heard` whenever something new has been seen. */
export function whenSeen(heard) {
  tell = heard;
  watch(document);
}

export const anySeen = () => pending.length > 0;

/** The names to report now; they count as reported. */
export function takeSeen() {
  return pending.splice(0, AT_ONCE);
}

/** A report did not get through: its names are due again. */
export function giveBack(names) {
  pending.unshift(...names);
}

document.addEventListener("live:part", (event) => watch(event.detail.part));
document.addEventListener("visibilitychange", () => inSight.forEach(attend));
