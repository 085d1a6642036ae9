// Short messages: waiting, done, refused. Their region is a live region, so they are read out. What the page itself shows at
// once (a live page after a command) is only read out; what a reload would wipe away is said after it.

const LIFE = { done: 4000, refused: 12000 };
const KEPT = "said-after-reload";

const region = () => document.getElementById("toasts");

/** Show a message; returns a function that changes its state and text in place, or takes it away (state "gone"). */
export function toast(state, text) {
  const box = document.getElementById("toast").content.firstElementChild.cloneNode(true);
  let timer = 0;
  const set = (nextState, nextText) => {
    clearTimeout(timer);
    if (nextState === "gone") return box.remove();
    box.dataset.state = nextState;
    box.querySelector("p").textContent = nextText;
    if (!box.isConnected) region().append(box);
    if (LIFE[nextState]) timer = setTimeout(() => box.remove(), LIFE[nextState]);
  };
  box.querySelector("button").addEventListener("click", () => box.remove());
  box.addEventListener("pointerenter", () => clearTimeout(timer));
  box.addEventListener("focusin", () => clearTimeout(timer));
  set(state, text);
  return set;
}

/** Say something to screen readers only. */
export function murmur(text) {
  const line = document.createElement("p");
  line.className = "sr";
  line.textContent = text;
  region().append(line);
  setTimeout(() => line.remove(), LIFE.done);
}

/** Say something on the page that comes next. */
export function sayAfterReload(text) {
  sessionStorage.setItem(KEPT, text);
}

const kept = sessionStorage.getItem(KEPT);
if (kept) {
  sessionStorage.removeItem(KEPT);
  toast("done", kept);
}
for (const box of document.querySelectorAll("#toasts > .toast")) {
  setTimeout(() => box.remove(), LIFE[box.dataset.state] ?? LIFE.refused);
}
