// Papers on a live page: <live-part name="mine" data-fragment> has one's own, by item. They are fetched anew when somebody may
// see something else (the stamp of the part "papers"), or when time alone changes it (data-changes-at), within a time that
// spreads the fetches of a whole meeting. Of the lists those of the open item are shown ([data-item] of the part "now").

import { meetingTime } from "../clock.js";
import { fetchFragment } from "../fragments.js";

const LOOK = 1000;
const SPREAD = { least: 300, each: 5, most: 20_000 }; // ms over which the fetches of so many people are spread
const part = () => document.querySelector('live-part[name="mine"]');

function fetchAnew(own) {
  const heads = Number(own.dataset.heads) || 0;
  fetchFragment(own, Math.min(SPREAD.most, Math.max(SPREAD.least, SPREAD.each * heads)));
}

let stamp = null;

function follow() {
  const told = document.querySelector('live-part[name="papers"] [data-papers]')?.dataset.papers;
  if (told === undefined || told === stamp) return;
  const first = stamp === null;
  stamp = told;
  if (!first && part()) fetchAnew(part());
}

/** Show what belongs to the item that is on; under another heading what belongs to the meeting as a whole, and the rest folded. */
function choose() {
  const own = part();
  if (!own) return;
  const item = document.querySelector("[data-item]")?.dataset.item ?? "";
  for (const list of own.querySelectorAll("[data-papers-of]")) list.classList.toggle("on", item !== "" && list.dataset.papersOf === item);
  own.toggleAttribute("data-has-open", Boolean(own.querySelector("[data-papers-of].on")));
}

let due = "";
function watchTime() {
  const at = part()?.querySelector("[data-changes-at]")?.dataset.changesAt ?? "";
  const now = meetingTime();
  if (!at || now === null || now < Date.parse(at) || due === at) return;
  due = at;
  fetchAnew(part());
}

document.addEventListener("live:part", () => {
  follow();
  choose();
});
follow();
choose();
setInterval(watchTime, LOOK);
