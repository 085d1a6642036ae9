// How far a paper has been read: which pages stood before the eyes, how long, and where. Reported every 15 seconds at the most,
// seldom while nothing happens, and once more at leaving. Soft: a report that is lost is only late.
//
// The reader's page has [data-progress="address"]; its viewer is an EventTarget that says
//   "page"       detail {page, visible: [numbers]}: what stands before the eyes has changed,
//   "covered"    the paper may not be seen now (recalled, held, no line): nothing counts,
//   "uncovered"  it may again.

const FIRST = 5_000; // ms until the first report: it says that the paper was really looked at
const OFTEN = 15_000;
const SELDOM = 60_000;
const SEEN = 1_000; // a page that stood there for so long was seen
const IDLE = 120_000; // who has not moved for so long is not reading

const token = () => document.querySelector("meta[name=csrf-token]")?.content ?? "";

/** Page numbers as ranges: 1, 2, 3, 7 → "1-3,7". */
export function ranges(pages) {
  const parts = [];
  for (const page of [...pages].sort((a, b) => a - b)) {
    const last = parts.at(-1);
    if (last && page === last[1] + 1) last[1] = page;
    else if (!last || page > last[1]) parts.push([page, page]);
  }
  return parts.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(",");
}

class Follower {
  constructor(viewer, address) {
    this.address = address;
    this.visible = new Map(); // page → since when it stands there
    this.known = new Set(); // seen at all
    this.seen = new Set(); // seen and not yet reported
    this.page = 1;
    this.reported = 0;
    this.milliseconds = 0;
    this.covered = false;
    this.wait = FIRST;
    this.moved = this.last = performance.now();
    viewer.addEventListener("page", ({ detail }) => this.shows(detail));
    viewer.addEventListener("covered", () => this.cover(true));
    viewer.addEventListener("uncovered", () => this.cover(false));
    for (const sign of ["pointerdown", "pointermove", "keydown", "wheel", "touchmove", "scroll"]) {
      addEventListener(sign, () => this.stir(), { passive: true, capture: true });
    }
    document.addEventListener("visibilitychange", () => {
      this.tick();
      if (document.visibilityState === "hidden") this.leave();
    });
    addEventListener("pagehide", () => this.leave());
    this.timer = setInterval(() => this.tick(), SEEN);
    this.due = performance.now() + this.wait;
  }

  /** Somebody is there. */
  stir() {
    const now = performance.now();
    if (now - this.moved > IDLE) this.last = now; // the time away does not count
    this.moved = now;
  }

  shows({ page, visible }) {
    this.tick();
    this.stir();
    const now = performance.now();
    const shown = visible?.length ? visible : [page];
    this.visible = new Map(shown.map((one) => [one, this.visible.get(one) ?? now]));
    this.page = page;
  }

  cover(covered) {
    this.tick();
    this.covered = covered;
    this.visible = new Map(covered ? [] : [[this.page, performance.now()]]);
  }

  reads(now) {
    return !this.covered && document.visibilityState === "visible" && now - this.moved <= IDLE;
  }

  tick() {
    const now = performance.now();
    if (this.reads(now)) {
      this.milliseconds += Math.min(now - this.last, SEEN * 2);
      for (const [page, since] of this.visible) if (now - since >= SEEN) this.see(page);
    } else {
      for (const page of this.visible.keys()) this.visible.set(page, now); // it has to be looked at anew
    }
    this.last = now;
    if (now >= this.due) this.report();
  }

  see(page) {
    if (this.known.has(page)) return;
    this.known.add(page);
    this.seen.add(page);
  }

  /** What a report says; nothing when there is nothing to say. */
  take() {
    const seconds = Math.floor(this.milliseconds / 1000);
    if (!this.seen.size && !seconds && this.page === this.reported) return null;
    const body = new URLSearchParams({ pages: ranges(this.seen), seconds, page: this.page, csrfmiddlewaretoken: token() });
    const back = { seen: this.seen, seconds };
    this.seen = new Set();
    this.milliseconds -= seconds * 1000;
    this.reported = this.page;
    return { body, back };
  }

  /** What did not arrive is said again the next time. */
  giveBack({ seen, seconds }) {
    for (const page of seen) this.seen.add(page);
    this.milliseconds = Math.min(this.milliseconds + seconds * 1000, SELDOM);
    this.reported = 0;
  }

  async report() {
    const turned = this.seen.size > 0;
    this.wait = turned ? OFTEN : Math.min(Math.max(this.wait * 2, OFTEN), SELDOM); // who stays on a page is asked less often
    this.due = performance.now() + this.wait;
    const report = this.covered ? null : this.take();
    if (!report) return;
    try {
      const answer = await fetch(this.address, { method: "POST", body: report.body, keepalive: true, redirect: "error" });
      if (answer.status >= 500) this.giveBack(report.back);
      if (answer.status === 404) this.stop(); // recalled: the page itself says so
    } catch {
      this.giveBack(report.back);
    }
  }

  /** The page goes: the browser delivers what is left. */
  leave() {
    if (this.stopped || this.covered) return;
    const report = this.take();
    if (report && !navigator.sendBeacon(this.address, report.body)) this.giveBack(report.back);
  }

  stop() {
    this.stopped = true;
    clearInterval(this.timer);
    this.due = Infinity;
  }
}

/** Follow a viewer from now on; does nothing on a page that does not say where to report. */
export function follow(viewer) {
  const address = document.querySelector("[data-progress]")?.dataset.progress;
  return address ? new Follower(viewer, address) : null;
}
