// What belongs to one bridge point only is not broadcast but fetched: <live-part name="hall" data-fragment="address">. A poke
// names the fragments that have changed; data-poke names further words a part listens to.

import { refresh } from "./morph.js";

const SPREAD = 300; // ms over which the consoles of a bridge point spread their fetches
const AGAIN = { first: 2000, most: 30_000 }; // ms after a fetch that failed
const REST = { times: 3, most: 3000 }; // after a fetch so many times as long as it took: badges of a full hall are read every second

const under = new WeakMap(); // part → {again}: one fetch under way or about to be, at most one waiting behind it
const rested = new WeakMap(); // part → when it may be fetched again

async function get(part) {
  const start = performance.now();
  const response = await fetch(part.dataset.fragment, { headers: { Accept: "text/html" }, cache: "no-store" });
  if (response.status >= 500) throw new Error(String(response.status));
  if (response.ok && !response.redirected) refresh(part, await response.text());
  const end = performance.now();
  rested.set(part, end + Math.min(REST.most, REST.times * (end - start)));
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const restOf = (part) => Math.max(0, (rested.get(part) ?? 0) - performance.now());

/** Bring a part up to date. Whatever is asked while the answer is on its way becomes one more fetch. */
export async function fetchFragment(part, spread = SPREAD) {
  const known = under.get(part);
  if (known) {
    known.again = known.begun;
    return;
  }
  const mine = { again: false, begun: false };
  under.set(part, mine);
  await pause(Math.max(Math.random() * spread, restOf(part)));
  for (let wait = AGAIN.first; part.isConnected; wait = Math.min(wait * 2, AGAIN.most)) {
    mine.begun = true;
    mine.again = false;
    try {
      await get(part);
      if (!mine.again) break;
      mine.begun = false;
      await pause(restOf(part));
      wait = AGAIN.first;
    } catch {
      mine.begun = false; // a poke meanwhile is answered by the next attempt
      await pause(wait * (0.5 + Math.random()));
    }
  }
  under.delete(part);
}

/** Fetch the fragments with one of these names; all of them without names, but those that a part of the page speaks for. */
export function fetchFragments(names) {
  for (const part of document.querySelectorAll("live-part[data-fragment]")) {
    const own = [part.getAttribute("name"), ...(part.dataset.poke ?? "").split(" ")];
    if (names ? own.some((name) => names.includes(name)) : !("quiet" in part.dataset)) fetchFragment(part);
  }
}
