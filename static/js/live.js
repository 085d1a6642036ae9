// A live page: <live-feed> keeps the <live-part>s of the page at the meeting's newest number, over the socket, and over
// plain HTTP where a socket does not get through. The protocol stands in docs/live-protocol.md.

import { meetingTime, setClock, timeOfDay } from "./clock.js";
import { uuid } from "./commands.js";
import { fetchFragments } from "./fragments.js";
import { pressing } from "./hands.js";
import { busy, isHeld, refresh } from "./morph.js";
import { anySeen, giveBack, takeSeen, whenSeen } from "./seen.js";
import { toast } from "./toast.js";
import { say } from "./words.js";
import "./mine.js";

const STALE = 15_000; // ms of real time without any frame
const POLL = 3_000;
const HERE = 10_000;
const TICKET_LIFE = 100_000; // ms: a fifth less than the server's, so that it holds when it arrives
const RELOAD_EVERY = 30_000;
const RESTART = 10; // times to come back in half a minute: a service that restarts is found again soon
const LET_FINISH = 60_000; // ms somebody at work has before the page is loaded anew
const NEVER_OPENED = 3; // failed openings after which the page polls as well
const HOPELESS = 5; // failed openings after which a polling page tries a socket once a minute only
const DOUBTFUL = 60_000; // ms; what was reported as seen shortly before a line broke may not have arrived, or not been kept
// ms; characters. What thousands say at once is work for the server, as much as what it tells them.
const GOT = { within: 2000, prompt: 500, apart: 1000, muchApart: 500, much: 65_536 };

const between = (low, high) => low + Math.random() * (high - low);
const csrf = () => document.querySelector("meta[name=csrf-token]")?.content ?? "";

let reloading = false;

/** Load the page anew, where the server will say in words what has changed: never in a circle, and not under a typing hand. */
function reloadCalmly() {
  if (reloading) return;
  reloading = true;
  document.dispatchEvent(new CustomEvent("live:gone")); // what may not be seen any more is covered before the page goes
  const latest = Date.now() + LET_FINISH;
  const earliest = (Number(sessionStorage.getItem("reloaded")) || 0) + RELOAD_EVERY;
  const attempt = () => {
    if (Date.now() < earliest || (busy(document.body) && Date.now() < latest)) return setTimeout(attempt, 1000);
    sessionStorage.setItem("reloaded", String(Date.now()));
    return location.reload();
  };
  if (busy(document.body)) toast("refused", say("reloading"));
  attempt();
}

/** Whether an answer says that this reader may not look any more. */
const turnedAway = (response) => [401, 403, 404].includes(response.status) || response.redirected;

class LiveFeed extends HTMLElement {
  connectedCallback() {
    this.after = Number(this.dataset.after) || 0;
    this.epoch = this.dataset.epoch ?? "";
    this.prompt = Boolean(document.querySelector("[data-prompt]"));
    this.site = new URL(this.dataset.renew, location.href).searchParams.get("site") ?? "";
    this.client = uuid();
    this.failures = 0;
    this.lately = []; // [{at, names}]: what has been reported as seen on this socket
    this.shown = new Map(); // part → the number at which it last changed
    this.hear();
    this.timers = [setInterval(() => this.watch(), 1000)];
    this.onReturn = () => document.visibilityState === "visible" && this.hurry();
    document.addEventListener("visibilitychange", this.onReturn);
    window.addEventListener("online", this.onReturn);
    window.addEventListener("pagehide", () => this.socket?.close(1000));
    window.addEventListener("pageshow", (event) => event.persisted && this.hurry());
    whenSeen(() => this.sayHereSoon(between(0, this.prompt ? GOT.prompt : GOT.within)));
    if (this.dataset.ticket) this.keepTicket(this.dataset.ticket, performance.getEntriesByType("navigation")[0]?.responseStart ?? 0);
    this.sayHereSoon(HERE);
    this.return(); // a page of a lower room has no ticket yet: it asks for one
  }

  disconnectedCallback() {
    this.timers.forEach(clearInterval);
    for (const timer of [this.again, this.gotTimer, this.hereTimer, this.polling]) clearTimeout(timer);
    document.removeEventListener("visibilitychange", this.onReturn);
    window.removeEventListener("online", this.onReturn);
    const socket = this.socket;
    this.socket = null;
    socket?.close();
  }

  // --- the socket

  keepTicket(text, at = performance.now()) {
    this.ticket = { text, at };
  }

  open() {
    clearTimeout(this.again);
    this.again = 0;
    const url = new URL(this.dataset.socket, location.href);
    url.protocol = location.protocol === "https:" ? "wss:" : "ws:";
    url.searchParams.set("ticket", this.ticket.text);
    const socket = new WebSocket(url);
    this.socket = socket;
    this.fetched = false;
    this.lagging = false;
    socket.onopen = () => this.greet();
    socket.onmessage = (event) => socket === this.socket && this.receive(event.data);
    socket.onclose = (event) => socket === this.socket && this.closed(event.code);
  }

  /** A new line: what was said at the end of the last one is said again. */
  greet() {
    giveBack(this.lately.filter(({ at }) => performance.now() - at < DOUBTFUL).flatMap(({ names }) => names));
    this.lately = [];
    this.hello();
  }

  hello() {
    this.send({ t: "hello", epoch: this.epoch, after: this.after, client: this.client });
  }

  get isOpen() {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  send(frame) {
    if (this.isOpen) this.socket.send(JSON.stringify(frame));
  }

  closed(code) {
    this.socket = null;
    this.tell(false);
    if (code === 4003) return reloadCalmly(); // rights gone
    if (code === 4001) this.ticket = null;
    this.failures += 1;
    if (this.failures >= NEVER_OPENED) this.poll();
    this.reopen(this.patience(code));
  }

  /** How long to stay away: thousands must not come back in one moment. */
  patience(code) {
    if (code === 4029) return between(30_000, 45_000);
    if (code === 4001) return between(0, 500);
    if (this.failures === 1) return between(0, 1000);
    const longest = this.polling && this.failures >= HOPELESS ? 60_000 : Math.min(this.failures <= RESTART ? 4_000 : 30_000, 500 * 2 ** (this.failures - 1));
    return between(0.5, 1.5) * longest;
  }

  reopen(wait) {
    clearTimeout(this.again);
    this.again = setTimeout(() => this.return(), wait);
  }

  hurry() {
    if (!this.socket || this.socket.readyState > WebSocket.OPEN) this.reopen(between(0, 500));
  }

  /** Come back with the ticket at hand while it holds; ask for another one else. */
  return() {
    if (this.ticket && performance.now() - this.ticket.at < TICKET_LIFE) return this.open();
    return this.renew();
  }

  async renew() {
    try {
      const response = await fetch(this.dataset.renew, { headers: { Accept: "application/json" }, cache: "no-store" });
      if (turnedAway(response)) return reloadCalmly();
      if (response.ok) {
        this.keepTicket((await response.json()).ticket);
        return this.open();
      }
    } catch {
      // no line yet
    }
    this.closed(0);
  }

  goodbye(wait = 1000) {
    const socket = this.socket;
    this.socket = null;
    socket?.close(1000);
    this.tell(false);
    this.reopen(wait);
  }

  // --- what arrives

  hear() {
    this.heard = performance.now();
    this.heardAt = Date.now();
  }

  receive(text) {
    this.owed = (this.owed ?? 0) + text.length;
    this.take(JSON.parse(text));
  }

  take(frame) {
    this.hear();
    if (frame.t === "bye") return this.goodbye(frame.in);
    if (frame.t === "ticket") return this.keepTicket(frame.ticket);
    this.failures = 0;
    this.stopPolling();
    this.tell(true);
    this.absorb(frame);
    if (!this.fetched) fetchFragments(); // a poke may have been missed
    this.fetched = true;
  }

  /** Tell the page whether its own line is up (link-state of a console). */
  tell(open) {
    if (this.up === open) return;
    this.up = open;
    document.dispatchEvent(new CustomEvent("live:link", { detail: { open } }));
  }

  absorb(frame) {
    if (frame.clock) setClock(frame.clock);
    if (frame.t === "parts") this.parts(frame);
    if (frame.t === "soft") this.soft(frame);
    if (frame.soft) this.soft({ parts: frame.soft }); // without a socket it comes with the parts
    if (frame.t === "beat") this.beat(frame);
    if (frame.t === "poke") this.poke(frame.what);
    this.fresh();
  }

  parts(frame) {
    const other = frame.epoch && this.epoch && frame.epoch !== this.epoch;
    if (other) return reloadCalmly(); // another database: nothing on this page can be trusted
    for (const [name, { n, html }] of Object.entries(frame.parts ?? {})) {
      if (n < (this.shown.get(name) ?? 0)) continue; // an answer that was overtaken on its way
      this.shown.set(name, n);
      this.show(name, html);
    }
    this.after = Math.max(this.after, frame.n ?? 0);
    this.sayGot();
  }

  soft(frame) {
    for (const [name, { html }] of Object.entries(frame.parts ?? {})) this.show(name, html);
    this.sayGot(); // acknowledged too: the server counts what a page may not have read yet
  }

  show(name, html) {
    document.dispatchEvent(new CustomEvent("live:arrived", { detail: { name, html } })); // whatever a hand holds up
    for (const part of document.querySelectorAll(`live-part[name="${CSS.escape(name)}"]`)) refresh(part, html);
  }

  beat({ n, clock }) {
    this.catchUp(n);
    if (this.prompt) this.sayHere(clock?.real);
    else if (document.hidden && performance.now() - (this.saidHere ?? 0) > HERE) this.sayHere(); // its timers are slowed down
  }

  /** The head moved on without a frame for this page: ask, once the next beat still says so. */
  catchUp(head) {
    const behind = head > this.after;
    if (behind && this.lagging) this.hello();
    this.lagging = behind;
  }

  poke(names) {
    fetchFragments(names);
    document.dispatchEvent(new CustomEvent("live:poke", { detail: { what: names } }));
  }

  // --- what the page says

  /** Acknowledge the newest number, once for several frames; never so often that it is a flood. Much is acknowledged soon. */
  sayGot() {
    const much = this.owed > GOT.much;
    if (this.gotTimer && (!much || this.hurried)) return;
    clearTimeout(this.gotTimer);
    this.hurried = much;
    const soonest = (this.saidGot ?? -Infinity) + (much ? GOT.muchApart : GOT.apart) - performance.now();
    const wish = document.hidden || much ? 0 : this.prompt ? between(0, GOT.prompt) : between(0, GOT.within);
    this.gotTimer = setTimeout(
      () => {
        this.gotTimer = 0;
        this.saidGot = performance.now();
        this.owed = 0;
        this.send({ t: "got", n: this.after });
      },
      Math.max(wish, soonest),
    );
  }

  sayHere(echo) {
    if (!this.isOpen) return;
    this.saidHere = performance.now();
    const names = takeSeen();
    this.lately = [...this.lately, { at: this.saidHere, names }].filter(({ at }) => this.saidHere - at < DOUBTFUL);
    this.send({ t: "here", ...(echo === undefined ? {} : { echo }), ...(names.length ? { seen: names } : {}) });
  }

  /** Say it again and again; what has just been seen brings the next time nearer. */
  sayHereSoon(wait) {
    clearTimeout(this.hereTimer);
    this.hereTimer = setTimeout(() => {
      if (!this.prompt || anySeen()) this.sayHere();
      this.sayHereSoon(anySeen() && this.isOpen ? GOT.apart : between(0.8, 1.2) * HERE);
    }, wait);
  }

  // --- without a socket: the same parts by HTTP

  poll() {
    this.polling ??= setTimeout(() => this.pollOnce(), between(0, POLL));
  }

  stopPolling() {
    clearTimeout(this.polling);
    this.polling = undefined;
  }

  async pollOnce() {
    const url = new URL(this.dataset.twin, location.href);
    if (this.site) url.searchParams.set("site", this.site);
    url.searchParams.set("after", this.after);
    url.searchParams.set("epoch", this.epoch);
    try {
      const response = await fetch(url, { headers: { Accept: "application/json" }, cache: "no-store" });
      if (turnedAway(response)) return reloadCalmly();
      const frame = response.ok ? await response.json() : null;
      if (frame && this.polling) await this.takeTwin(frame);
    } catch {
      if (this.polling) this.tell(false); // the page goes stale by itself
    }
    if (this.polling) this.polling = setTimeout(() => this.pollOnce(), between(0.8, 1.2) * POLL);
  }

  async takeTwin(frame) {
    const before = this.after;
    this.hear();
    this.absorb(frame);
    if (this.after !== before || !this.fetched) fetchFragments();
    this.fetched = true;
    if (this.prompt) this.tell(await this.postHere());
  }

  /** A console stands for its bridge point: it says by HTTP too that it is here, and what it has got and seen. */
  async postHere() {
    const seen = takeSeen();
    const body = new URLSearchParams([["site", this.site], ["client", this.client], ["got", this.after], ...seen.map((one) => ["seen", one])]);
    try {
      const url = new URL("here/", new URL(this.dataset.twin, location.href));
      const response = await fetch(url, { method: "POST", body, headers: { Accept: "application/json", "X-CSRFToken": csrf() } });
      if (response.ok) return true;
    } catch {
      // said again after the next poll
    }
    giveBack(seen);
    return false;
  }

  // --- how fresh the page is

  /** Whatever has just arrived, the page now shows the meeting as of this moment of its clock. */
  fresh() {
    const moment = meetingTime();
    if (moment === null) return;
    if (!isHeld()) for (const element of document.querySelectorAll("as-of")) element.textContent = timeOfDay(moment, "hms");
    this.watch();
  }

  watch() {
    const silence = Math.max(performance.now() - this.heard, Date.now() - this.heardAt); // a machine that slept has stopped the first
    const stale = silence > STALE;
    const root = document.documentElement;
    if (stale === "stale" in root.dataset || pressing()) return;
    if (stale) root.dataset.stale = "";
    else delete root.dataset.stale;
    for (const element of document.querySelectorAll("[data-when-stale]")) element.hidden = !stale;
    if (stale) this.hurryFromSilence();
  }

  /** A link that is open but silent is dead: close it and begin again. */
  hurryFromSilence() {
    const socket = this.socket;
    this.socket = null;
    socket?.close();
    this.tell(false);
    this.failures = Math.max(this.failures, NEVER_OPENED);
    this.poll();
    this.reopen(between(0, 1000));
  }
}

customElements.define("live-feed", LiveFeed);
