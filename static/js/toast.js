// Short messages: waiting, done, refused. Their region is a live region, so they are read out. What the page itself shows at
// once (a live page after a command) is only read out; what a reload would wipe away is said after it.

const LIFE = { done: 4000, refused: 12000 };
const TOLD = 6000; // ms of a refusal that stands in its form as well
const KEPT = "said-after-reload";

const region = () => document.getElementById("toasts");

/** Show a message; returns a function that changes its state and text in place, or takes it away (state "gone"). `isTold`:
 * it stands in its form as well, so it goes sooner and keeps out of its way. */
export function toast(state, text, how) {
  const box = document.getElementById("toast").content.firstElementChild.cloneNode(true);
  let timer = 0;
  const set = (nextState, nextText, { isTold = false } = {}) => {
    clearTimeout(timer);
    box.toggleAttribute("data-told", isTold);
    if (nextState === "gone") return box.remove();
    box.dataset.state = nextState;
    box.querySelector("p").textContent = nextText;
    if (!box.isConnected) region().append(box);
    const life = isTold ? TOLD : LIFE[nextState];
    if (life) timer = setTimeout(() => box.remove(), life);
  };
  box.querySelector("button").addEventListener("click", () => box.remove());
  box.addEventListener("pointerenter", () => clearTimeout(timer));
  box.addEventListener("focusin", () => clearTimeout(timer));
  set(state, text, how);
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
