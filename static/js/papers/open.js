// Papers that stand open on a page: <open-papers data-standing="address"> with an <i data-number data-version data-grants
// data-until> for each. Whatever ends the right to see one covers the page at once, before anybody is asked; only the answer of
// the standing address shows it again. The page listens on `document`:
//   "paper:cover"   detail {why, drop}: show nothing from now on; with `drop` the content itself is let go of. `why` is one of
//                   recalled, ended (its window is over), line (nobody can say), signed-out, gone.
//   "paper:show"    detail {dropped, papers}: it is certain again that all may be seen; what was dropped is opened anew.
//   "paper:version" detail {number, version}: another version than the one shown is there now.
// What is covered is also said by <html data-covered="why">. Pages import live.js for the feed.

import { meetingTime } from "../clock.js";
import "../live.js";

const JITTER = { covered: 300, soon: 900, calm: 10_000 }; // ms within which one asks: all readers of a meeting ask with it
const TICK = 250;
const ASK_EVERY = 1_500; // ms between two questions while no socket brings news
const WAIT_AT_MOST = 2_000; // ms without an answer while no socket is up: who cannot ask does not go on showing
const AGAIN = 2_000;
const REFUSED_AGAIN = 10_000; // ms between two questions once the answer was no
const CLOCKS = 1_000; // ms by which the clock of a page may be ahead

const between = (low, high) => low + Math.random() * (high - low);

class OpenPapers extends HTMLElement {
  connectedCallback() {
    this.papers = [...this.querySelectorAll("[data-number]")].map((one) => ({
      number: Number(one.dataset.number),
      version: Number(one.dataset.version),
      grants: one.dataset.grants.split(" ").filter(Boolean),
      until: one.dataset.until ? Date.parse(one.dataset.until) : null,
    }));
    this.why = "";
    this.dropped = false;
    this.up = false;
    this.confirmed = performance.now(); // the server has just rendered the page
    this.badSince = this.confirmed; // since when no line is known to be up
    this.stamp = null;
    this.on("live:arrived", ({ detail }) => detail.name === "papers" && this.arrived(detail.html));
    this.on("live:gone", () => this.cover("gone", true));
    this.on("live:link", ({ detail }) => this.link(detail.open));
    this.on("live:poke", ({ detail }) => detail.what.includes("standing") && this.ask(JITTER.soon));
    addEventListener("online", () => this.ask(JITTER.covered));
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.tick());
    this.timer = setInterval(() => this.tick(), TICK);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    for (const [name, heard] of this.heard) document.removeEventListener(name, heard);
  }

  on(name, heard) {
    this.heard = [...(this.heard ?? []), [name, heard]];
    document.addEventListener(name, heard);
  }

  // --- what ends it

  /** The releases in force, for everybody alike: gone is what stands under none of them any more. */
  arrived(html) {
    const fresh = document.createElement("template");
    fresh.innerHTML = html;
    const told = fresh.content.querySelector("[data-papers]");
    if (!told) return;
    const open = new Set(told.dataset.open.split(" "));
    const changed = this.stamp !== null && this.stamp !== told.dataset.papers;
    const first = this.stamp === null;
    this.stamp = told.dataset.papers;
    if (this.papers.some(({ grants }) => grants.length && !grants.some((one) => open.has(one)))) {
      this.cover("recalled", true);
    } else if (changed || this.why) {
      this.ask(this.why ? JITTER.covered : JITTER.calm);
    } else if (first && performance.now() - this.confirmed > ASK_EVERY) {
      this.ask(JITTER.soon); // what happened before the line was up
    }
  }

  link(open) {
    this.up = open;
    if (!open) this.badSince = performance.now();
    this.ask(open ? JITTER.soon : JITTER.covered);
  }

  get isBad() {
    const stale = "stale" in document.documentElement.dataset;
    if (stale && !this.wasStale) this.badSince = performance.now();
    this.wasStale = stale;
    return stale || !this.up;
  }

  tick() {
    const now = meetingTime();
    if (now !== null && this.papers.some(({ until }) => until !== null && now >= until)) this.cover("ended", true);
    if (!this.isBad) return;
    const unasked = performance.now() - Math.max(this.confirmed, this.askedAt ?? 0);
    if (unasked > (this.dropped ? REFUSED_AGAIN : ASK_EVERY) && !this.asking && !this.again) this.ask(0);
    const silent = performance.now() - Math.max(this.confirmed, this.badSince);
    if (silent > ASK_EVERY + WAIT_AT_MOST && !this.why) this.cover("line", false);
  }

  cover(why, drop) {
    const news = this.why !== why || (drop && !this.dropped);
    if (this.dropped && !drop) return; // what is gone is not only out of reach
    this.why = why;
    this.dropped = this.dropped || drop;
    if (!news) return;
    document.documentElement.dataset.covered = why;
    document.dispatchEvent(new CustomEvent("paper:cover", { detail: { why, drop } }));
    this.ask(JITTER.covered);
  }

  // --- asking

  /** Ask once, within so many milliseconds; whatever is asked meanwhile is answered by it. */
  ask(within) {
    const at = performance.now() + between(0, within);
    if (this.asking || (this.again && this.againAt <= at)) {
      this.owed = Boolean(this.asking);
      return;
    }
    clearTimeout(this.again);
    this.againAt = at;
    this.again = setTimeout(() => this.question(), at - performance.now());
  }

  async question() {
    this.again = 0;
    this.asking = true;
    this.askedAt = performance.now();
    this.owed = false;
    try {
      const address = new URL(this.dataset.standing, location.href);
      const response = await fetch(address, { headers: { Accept: "application/json" }, cache: "no-store", signal: AbortSignal.timeout(10_000) });
      await this.answer(response);
    } catch {
      if (this.why && this.up) this.later(); // without a line the tick asks again
    }
    this.asking = false;
    if (this.owed) this.ask(JITTER.soon);
  }

  later() {
    setTimeout(() => this.ask(JITTER.soon), AGAIN);
  }

  async answer(response) {
    if (response.redirected || response.status === 401) return this.cover("signed-out", true);
    if ([403, 404].includes(response.status)) return this.refused();
    if (!response.ok) return this.why ? this.later() : undefined; // the server is in trouble
    const body = await response.json();
    const papers = body.papers ?? [body];
    if (papers.some(({ version }) => version === null)) return this.refused();
    return this.allowed(papers);
  }

  refused() {
    if (!["recalled", "ended", "gone"].includes(this.why)) this.cover("recalled", true);
    clearTimeout(this.again);
    this.again = 0;
    this.owed = false;
    this.confirmed = performance.now();
  }

  allowed(papers) {
    this.confirmed = performance.now();
    for (const told of papers) {
      const one = this.papers.find(({ number }) => number === told.number);
      if (!one) continue;
      // Recalled and released anew while no news came: what is shown is what was recalled.
      if (one.grants.length && !one.grants.some((grant) => told.grants.includes(grant))) this.cover("recalled", true);
      one.grants = told.grants;
      one.until = told.until ? Math.max(Date.parse(told.until), (meetingTime() ?? 0) + CLOCKS) : null;
      if (told.version !== one.version) {
        one.version = told.version;
        document.dispatchEvent(new CustomEvent("paper:version", { detail: { number: one.number, version: told.version } }));
      }
    }
    if (!this.why) return;
    const dropped = this.dropped;
    this.why = "";
    this.dropped = false;
    delete document.documentElement.dataset.covered;
    document.dispatchEvent(new CustomEvent("paper:show", { detail: { dropped, papers } }));
  }
}

customElements.define("open-papers", OpenPapers);
