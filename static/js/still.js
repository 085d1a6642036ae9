// What somebody is at work in stays where it is on the screen while something above it comes or goes: the page scrolls along.
// [data-still] marks the areas in which people work; a site command that arrives lies over the page's head and moves nothing.

import "./mine.js"; // it chooses what is shown before this looks where everything stands

const AT_WORK = 8000; // ms after the last movement of a hand
const GAP = 8; // px between what lies on top and what is written in

const pointer = { x: 0, y: 0, at: -Infinity };
for (const name of ["pointermove", "pointerdown", "touchstart"]) {
  document.addEventListener(
    name,
    (event) => {
      const { clientX, clientY } = event.touches?.[0] ?? event;
      Object.assign(pointer, { x: clientX, y: clientY, at: performance.now() });
    },
    { capture: true, passive: true },
  );
}

/** What must not move: what has the focus, else what is under the hand, else what the reader has scrolled to. */
function anchor() {
  const focused = document.activeElement;
  if (focused?.closest("[data-still]")) return focused;
  const under = performance.now() - pointer.at < AT_WORK ? document.elementFromPoint(pointer.x, pointer.y) : null;
  if (under?.closest("[data-still]")) return under.closest("li, form") ?? under;
  if (scrollY === 0) return null;
  return [...document.querySelectorAll("[data-still]")].find((area) => area.getClientRects().length) ?? null;
}

let held = null; // {element, top} while a part changes

document.addEventListener("live:before", () => {
  const element = held ? held.element : anchor();
  held = element && { element, top: element.getBoundingClientRect().top };
});

document.addEventListener("live:part", () => {
  if (held?.element.isConnected) {
    scrollBy({ top: held.element.getBoundingClientRect().top - held.top, behavior: "instant" });
    uncover(held.element);
  }
  held = null;
});

/** What is written in is never covered by what lies on top of the page. */
function uncover(element) {
  const cover = document.querySelector("[data-own-children].site-orders");
  if (element !== document.activeElement || !cover) return;
  const hidden = cover.getBoundingClientRect().bottom + GAP - element.getBoundingClientRect().top;
  if (hidden > 0 && cover.offsetHeight) scrollBy({ top: -hidden, behavior: "instant" });
}
