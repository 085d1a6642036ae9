// A piece of a page that stays as new as the service has it, without a socket: <div id="check" data-follow="15"> is read again from
// its own page every so many seconds while somebody looks, and at once when a command in it was answered. What somebody fills in
// is left alone (morph.js). What waits for the line is marked at its row: [data-kept].

import { refresh } from "./morph.js";

const BACK = [1500, 5000]; // ms after the line is back: what was kept has been sent meanwhile (outbox.js)
let asked = 0;

async function look(part) {
  const mine = (asked += 1);
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" }, cache: "no-store" });
    if (!answer.ok || answer.redirected) return;
    const next = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(part.id);
    if (next && mine === asked) refresh(part, next.innerHTML);
  } catch {
    // no line just now: the next reading brings it
  }
}

for (const part of document.querySelectorAll("[data-follow][id]")) {
  setInterval(() => document.visibilityState === "visible" && look(part), Number(part.dataset.follow) * 1000);
  window.addEventListener("online", () => BACK.forEach((ms) => setTimeout(look, ms, part)));
}

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") document.querySelectorAll("[data-follow][id]").forEach(look);
});

document.addEventListener("command:done", (event) => {
  const part = event.detail.form.closest("[data-follow][id]");
  if (!part || document.querySelector("live-feed")) return;
  event.preventDefault(); // the page goes on as it is: no reload over a weak line
  event.detail.form.closest("details.wrong")?.removeAttribute("open");
  look(part);
});

document.addEventListener("command:kept", (event) => event.detail.form.closest("li")?.setAttribute("data-kept", ""));
