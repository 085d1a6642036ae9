// The attendance desk without leaving the page: what is marked, here or elsewhere, is fetched and put in place every few seconds;
// what is chosen stays chosen, what is typed stays typed. Without this script every button posts plainly.

import { refresh } from "./morph.js";
import { toast } from "./toast.js";

const SOON = 4_000; // ms between two looks
const PARTS = ["presence-counts", "presence-list"];
const TYPED = 500; // ms after the last letter of a search

const chosen = () => [...document.querySelectorAll("input[name=participants][form]:checked")];
const part = (id) => document.getElementById(id);

function count() {
  for (const one of document.querySelectorAll("[data-count=participants]")) one.textContent = String(chosen().length);
}

/** With nobody chosen there is nothing to send: the page says what is missing. */
document.addEventListener(
  "submit",
  (event) => {
    if (event.target.id !== "chosen" || chosen().length > 0) return;
    event.preventDefault();
    event.stopPropagation();
    toast("refused", event.target.querySelector("[data-none]").dataset.none);
  },
  true,
);

// --- the page as it is now

let mark = null;
let coming = null;
let asked = 0;

/** Fetch the page of an address and put it in place; what comes after a newer question is dropped. */
async function fetched(address) {
  const turn = ++asked;
  const response = await fetch(address, { cache: "no-cache", credentials: "same-origin" });
  if (!response.ok || response.redirected || turn !== asked) return;
  const fresh = response.headers.get("ETag");
  if (fresh && fresh === mark) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  if (turn !== asked || !page.getElementById(PARTS[0])) return;
  mark = fresh;
  const token = page.querySelector("meta[name=csrf-token]");
  if (token) document.querySelector("meta[name=csrf-token]").content = token.content;
  const kept = new Set(chosen().map((box) => box.value));
  for (const id of PARTS) refresh(part(id), page.getElementById(id).innerHTML);
  everybody(page);
  for (const box of document.querySelectorAll("input[name=participants][form]")) box.checked = kept.has(box.value);
  count();
}

/** The button that marks all who are not marked says how many; it goes when there is nobody, and comes back. */
function everybody(page) {
  const here = document.querySelector("form.everybody");
  const there = page.querySelector("form.everybody");
  if (here && there) here.replaceWith(document.adoptNode(there));
  else if (here) here.remove();
  else if (there) document.querySelector(".choosing")?.append(document.adoptNode(there));
}

export function bring(address = location.href) {
  coming ??= fetched(address).finally(() => (coming = null));
  return coming;
}

async function look() {
  try {
    if (!document.hidden && !document.querySelector("dialog[open]")) await bring();
  } catch {
    // No line: the next look will tell.
  }
  setTimeout(look, SOON);
}
setTimeout(look, SOON);

document.addEventListener("command:done", (event) => {
  event.preventDefault();
  for (const box of chosen()) if (event.detail.form.id === "chosen") box.checked = false;
  count();
  bring().catch(() => {});
});

// --- search and filters

function narrowed(form) {
  const words = [...new FormData(form)].filter(([, value]) => value !== "");
  return `${location.pathname}?${new URLSearchParams(words)}`;
}

async function narrow(form) {
  const address = narrowed(form);
  history.replaceState(null, "", address);
  mark = null;
  coming = null;
  await bring(address);
}

let typing = 0;
const form = document.querySelector("form[data-narrowing]");
form?.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(typing);
  narrow(form).catch(() => location.assign(narrowed(form)));
});
form?.addEventListener("change", (event) => {
  if (event.target.tagName === "SELECT") form.requestSubmit();
});
form?.addEventListener("input", (event) => {
  if (event.target.type !== "search") return;
  clearTimeout(typing);
  typing = setTimeout(() => form.requestSubmit(), TYPED);
});
