// Choosing a passage: words selected in one part of the text (mouse, finger or keys) become the quote of a remark on it. The
// selection outlives the tap on the button, which phones would clear; without a selection each part has its own button.

const LONGEST = 2000;
const bar = document.querySelector("[data-pickbar]");
const status = document.querySelector("[data-pick-status]");
let passage = null; // {part, text} of the newest selection that can be quoted

const partOf = (node) => (node?.nodeType === Node.TEXT_NODE ? node.parentElement : node)?.closest?.("[data-passage]");

/** The words of a selection without what is not theirs: numbers of parts, and words taken out since the last round. */
function wordsOf(range) {
  const copy = range.cloneContents();
  for (const one of copy.querySelectorAll(".number, del, .sr")) one.remove();
  for (const one of copy.querySelectorAll("p, li, h3, h4, tr, br")) one.append("\n");
  for (const one of copy.querySelectorAll("td, th")) one.append(" ");
  return copy.textContent.replace(/[ \t\u00a0]+/g, " ").replace(/ ?\n\s*/g, "\n").trim();
}

function look() {
  const selection = document.getSelection();
  if (!selection?.rangeCount || selection.isCollapsed) return;
  const range = selection.getRangeAt(0);
  const part = partOf(range.startContainer);
  const last = partOf(range.endContainer);
  if (!part && !last) return;
  const text = wordsOf(range);
  if (!text) return;
  if (!part || (last !== part && !endsAtEdge(range, part))) return tell(status.dataset.onePart);
  if (text.length > LONGEST) return tell(status.dataset.tooLong);
  passage = { part, text };
  show(text);
}

/** A double or triple click reaches to the very beginning of what follows: that counts as the end of its own part. */
function endsAtEdge(range, part) {
  const rest = range.cloneRange();
  rest.setStartAfter(part);
  return !rest.toString().trim();
}

function tell(words) {
  passage = null;
  show(words, false);
  status.textContent = words;
}

function show(words, usable = true) {
  bar.hidden = false;
  bar.querySelector("[data-picked]").textContent = words;
  bar.querySelector("button").hidden = !usable;
}

function hide() {
  bar.hidden = true;
  passage = null;
  status.textContent = "";
}

/** Open the form of the part with the quote in it; a remark half typed there stays. */
function remark({ part, text }) {
  const box = part.closest(".passage").querySelector("details[data-remarking]");
  box.open = true;
  quote(box, text);
  const field = box.querySelector("textarea[name=text]");
  field.focus({ preventScroll: true });
  box.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
}

/** The quote stands in a box of its own, so that it is kept with what is half typed (drafts.js). */
function quote(box, text) {
  const field = box.querySelector("textarea[name=quote]");
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  showQuote(box, text);
}

function showQuote(box, text) {
  const shown = box.querySelector("[data-quote]");
  shown.hidden = !text;
  shown.querySelector("p").textContent = text;
}

if (bar) {
  let waiting;
  document.addEventListener("selectionchange", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => (document.getSelection()?.isCollapsed && !bar.matches(":hover, :focus-within") ? hide() : look()), 200);
  });
  bar.addEventListener("pointerdown", (event) => event.preventDefault()); // keep the selection
  bar.addEventListener("click", (event) => {
    if (!event.target.closest("[data-remark-on-passage]") || !passage) return;
    const chosen = passage;
    document.getSelection()?.removeAllRanges();
    hide();
    remark(chosen);
  });
  for (const field of document.querySelectorAll("textarea[name=quote]")) showQuote(field.closest("details"), field.value);
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-unquote]");
    if (button) quote(button.closest("details"), "");
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !bar.hidden) hide();
  });
}
