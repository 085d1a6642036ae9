// The page of the minutes: it follows the meeting, one writes in its blocks, notes who said what by a tap.

import { beginAll, close, editingOf, open, saved } from "./editing.js";
import { ask, askAnew, begin } from "./following.js";
import { sendWaiting } from "./sending.js";

const TYPING = 250; // ms without a key before a search goes out

/** Words of this browser alone that the server takes no more: the minutes were approved meanwhile. They can be copied from here. */
function linesOf(typed) {
  const blocks = (node) => (["paragraph", "heading"].includes(node.type) ? [wordsOf(node)] : (node.content ?? []).flatMap(blocks));
  const wordsOf = (node) => node.text ?? (node.type === "hard_break" ? " " : (node.content ?? []).map(wordsOf).join(""));
  const text = typed.body ? blocks(JSON.parse(typed.body)) : (typed.text ?? "").split("\n");
  return [typed.heading ?? "", ...text].filter((line) => line.trim());
}

document.addEventListener("minutes:answer", ({ detail: { key, typed, status, body } }) => {
  const isOpen = [...document.querySelectorAll("[data-editing]")].some((one) => one.dataset.editing === key);
  const card = document.querySelector("template[data-lost-card]")?.content.firstElementChild.cloneNode(true);
  const lines = status === 409 && !isOpen && card ? linesOf(typed) : [];
  if (!lines.length) return;
  card.dataset.lostKey = key;
  card.querySelector("[data-why]").textContent = body.reason ?? "";
  card.querySelector(".theirs").append(...lines.map((line) => Object.assign(document.createElement("p"), { textContent: line })));
  const place = document.querySelector("[data-lost-local]");
  place.querySelector(`[data-lost-key="${CSS.escape(key)}"]`)?.remove();
  place.append(card);
});

begin();
beginAll();
sendWaiting();

/** What is saved stands on the sheet before its form goes, so that it never seems lost. */
async function finish(editing) {
  await saved(editing);
  const alone = document.querySelector("[data-minutes]")?.dataset.alone;
  if (alone) return location.assign(alone);
  await askAnew();
  await close(editing);
}

document.addEventListener("minutes:settled", (event) => finish(event.detail.editing)); // what is saved already is to stay
document.addEventListener("command:done", async (event) => {
  const editing = editingOf(event.detail.form);
  if (!editing) return;
  event.preventDefault();
  await finish(editing);
});

// A note: the new block is opened with the cursor behind the name.
let noted = null;
document.addEventListener("command:done", async (event) => {
  const { form } = event.detail;
  if (form.closest("[data-editing]") || !form.closest("[data-minutes]")) return;
  if (!["block.add", "block.take", "block.dismiss", "block.include", "block.exclude"].includes(form.dataset.command)) return;
  event.preventDefault(); // stay on the page
  const before = new Set([...document.querySelectorAll(".block[data-key]")].map((one) => one.dataset.key));
  await ask();
  if (form.dataset.command !== "block.add") return;
  noted = [...document.querySelectorAll(".block[data-key^='own:']")].find((one) => !before.has(one.dataset.key));
  const link = noted?.querySelector("[data-edit]");
  if (!link) return;
  await open(link.dataset.edit, link.href);
  noted.querySelector("rich-text")?.focusAtEnd?.();
});

// Somebody else: people are found while one types.
const search = document.querySelector("[data-speakers]");
let timer = 0;
async function find() {
  const words = search.elements.namedItem("q").value.trim();
  const place = document.querySelector("[data-found]");
  if (!words) return place.replaceChildren();
  const after = document.querySelector("[data-notes] input[name=after]")?.value ?? "course";
  const url = new URL(search.action);
  url.searchParams.set("q", words);
  url.searchParams.set("after", after);
  const response = await fetch(url, { credentials: "same-origin", headers: { Accept: "text/html" } }).catch(() => null);
  if (response?.ok && !response.redirected) place.innerHTML = await response.text();
}
search?.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(find, TYPING);
});
search?.addEventListener("submit", (event) => {
  event.preventDefault();
  find();
});
