// The conclusions desk: the list follows every change (the stamp of the live part "conclusions"), quick phrases go where one
// writes, Ctrl+Enter saves, a day that has passed is said at once.

import { fetchFragment } from "../fragments.js";

const SOON = 60; // ms over which the fetches of the few who look are spread

// --- following

let stamp = null;

function follow() {
  const told = document.querySelector('live-part[name="conclusions"] [data-conclusions]')?.dataset.conclusions;
  if (told === undefined || told === stamp) return;
  stamp = told;
  for (const part of document.querySelectorAll('live-part[data-fragment][name^="conclusion"]')) fetchFragment(part, SOON);
}

document.addEventListener("live:part", (event) => event.detail.part.getAttribute("name") === "conclusions" && follow());

// A box that has done its work closes: the page is live and is not loaded anew.
document.addEventListener("command:done", (event) => event.detail.form.closest("dialog")?.close());

// --- writing

/** Put words where the caret stands in the text, or at its end; the place to fill in (…) is marked. */
function insert(text, words) {
  const from = text.selectionStart ?? text.value.length;
  const before = text.value.slice(0, from);
  const gap = before && !/\s$/.test(before) ? (before.length && words.length > 60 ? "\n" : " ") : "";
  text.focus();
  text.setRangeText(gap + words, from, text.selectionEnd ?? from, "end");
  const open = words.indexOf("…");
  if (open >= 0) text.setSelectionRange(from + gap.length + open, from + gap.length + open + 1);
  text.dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-insert]");
  const text = button?.form?.elements.namedItem("text") ?? button?.closest("form")?.elements.namedItem("text");
  if (!button || !text) return;
  const room = text.maxLength > 0 ? text.maxLength - text.value.length : Infinity;
  insert(text, button.dataset.insert.slice(0, Math.max(0, room)));
});

document.addEventListener("keydown", (event) => {
  const saves = (event.ctrlKey || event.metaKey) && (event.key === "Enter" || event.key.toLowerCase() === "s");
  const form = saves && event.target.closest?.("#wording");
  if (!form) return;
  event.preventDefault();
  if (!event.isComposing) form.requestSubmit();
});

/** How much is written, and whether the day has passed. */
function tell() {
  for (const output of document.querySelectorAll("[data-count]")) {
    const length = document.getElementById(output.dataset.count).value.length;
    output.textContent = length > Number(output.dataset.of) * 0.8 ? `${length}/${output.dataset.of}` : "";
  }
  for (const day of document.querySelectorAll("[data-not-before]")) {
    const past = day.closest(".field").querySelector("[data-past]");
    const [date, month, year] = day.value.split(/[^\d]+/).map(Number);
    past.hidden = !year || new Date(year, month - 1, date) >= new Date(`${day.dataset.notBefore}T00:00`);
  }
}

document.addEventListener("input", tell);
document.addEventListener("change", tell);
document.addEventListener("reset", () => setTimeout(tell));
tell();
follow();
