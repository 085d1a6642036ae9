// A live page: <live-feed> keeps the <live-part>s of the page at the meeting's newest number, over the socket, and over
// plain HTTP where a socket does not get through. The protocol stands in docs/live-protocol.md.

import { meetingTime, setClock, timeOfDay } from "./clock.js";
import { uuid } from "./commands.js";
import { refresh } from "./morph.js";
import "./mine.js";

const STALE = 15_000; // ms of real time without any frame
const POLL = 3_000;
const HEARTBEAT = 10_000;
const RELOAD_EVERY = 30_000;
const NEVER_OPENED = 2; // failed openings after which the page polls as well

/** Load the page anew, where the server will say in words what has changed; never in a circle. */
function reloadCalmly() {
  const last = Number(sessionStorage.getItem("reloaded")) || 0;
  const wait = Math.max(0, last + RELOAD_EVERY - Date.now());
  setTimeout(() => {
    sessionStorage.setItem("reloaded", String(Date.now()));
    location.reload();
  }, wait);
}

const between = (low, high) => low + Math.random() * (high - low);

class LiveFeed extends HTMLElement {
  connectedCallback() {
    this.after = Number(this.dataset.after) || 0;
    this.epoch = this.dataset.epoch ?? "";
    this.client = uuid();
    this.failures = 0;
    this.heard = performance.now();
    this.timers = [setInterval(() => this.watch(), 1000), setInterval(() => this.send({ t: "here" }), HEARTBEAT)];
    this.onReturn = () => document.visibilityState === "visible" && this.hurry();
    document.addEventListener("visibilitychange", this.onReturn);
    window.addEventListener("online", this.onReturn);
    window.addEventListener("pagehide", () => this.socket?.close(1000));
    window.addEventListener("pageshow", (event) => event.persisted && this.hurry());
    this.open(this.dataset.ticket);
  }

  disconnectedCallback() {
    this.timers.forEach(clearInterval);
    document.removeEventListener("visibilitychange", this.onReturn);
    window.removeEventListener("online", this.onReturn);
    this.socket?.close();
  }

  // --- the socket

  open(ticket) {
    clearTimeout(this.again);
    this.again = 0;
    const url = new URL(this.dataset.socket, location.href);
    url.protocol = location.protocol === "https:" ? "wss:" : "ws:";
    url.searchParams.set("ticket", ticket);
    const socket = new WebSocket(url);
    this.socket = socket;
    socket.onopen = () => this.send({ t: "hello", epoch: this.epoch, after: this.after, client: this.client });
    socket.onmessage = (event) => this.take(JSON.parse(event.data));
    socket.onclose = (event) => socket === this.socket && this.closed(event.code);
  }

  send(frame) {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(frame));
  }

  closed(code) {
    this.socket = null;
    this.tell(false);
    if (code === 4003) return reloadCalmly(); // rights gone
    this.failures += 1;
    if (this.failures >= NEVER_OPENED) this.poll();
    const patience = code === 4029 ? 30_000 : code === 4001 ? 300 : Math.min(30_000, 500 * 2 ** (this.failures - 1));
    this.reopen(between(0.5, 1.5) * patience);
  }

  reopen(wait) {
    clearTimeout(this.again);
    this.again = setTimeout(() => this.renew(), wait);
  }

  hurry() {
    if (!this.socket || this.socket.readyState > WebSocket.OPEN) this.reopen(between(0, 500));
  }

  /** Tickets live shortly: every opening but the first asks for a new one. */
  async renew() {
    try {
      const response = await fetch(this.dataset.renew, { headers: { Accept: "application/json" }, cache: "no-store" });
      if ([401, 403, 404].includes(response.status) || response.redirected) return reloadCalmly();
      if (response.ok) return this.open((await response.json()).ticket);
    } catch {
      // no line yet
    }
    this.closed(0);
  }

  // --- what arrives

  take(frame) {
    this.heard = performance.now();
    if (frame.t === "bye") return this.goodbye(frame.in);
    this.failures = 0;
    this.stopPolling();
    this.tell(true);
    this.absorb(frame);
  }

  /** Tell the page whether its own socket is up (link-state of a console). */
  tell(open) {
    if (this.up === open) return;
    this.up = open;
    document.dispatchEvent(new CustomEvent("live:link", { detail: { open } }));
  }

  absorb(frame) {
    if (frame.clock) setClock(frame.clock);
    if (frame.t === "parts") this.parts(frame);
    if (frame.t === "soft") this.soft(frame);
    if (frame.t === "beat") this.catchUp(frame.n);
    if (frame.t === "poke") this.fragments(frame.what);
    this.fresh();
  }

  parts(frame) {
    const other = frame.epoch && this.epoch && frame.epoch !== this.epoch;
    if (other) return reloadCalmly(); // another database: nothing on this page can be trusted
    this.morph(frame.parts);
    this.after = Math.max(this.after, frame.n ?? 0);
    this.send({ t: "got", n: this.after });
    if (!this.fetched) this.fragments();
  }

  /** Soft values are acknowledged too: the server counts what a page may not have read yet. */
  soft(frame) {
    this.morph(frame.parts);
    this.send({ t: "got", n: this.after });
  }

  morph(parts = {}) {
    for (const [name, { html }] of Object.entries(parts)) {
      for (const part of document.querySelectorAll(`live-part[name="${CSS.escape(name)}"]`)) refresh(part, html);
    }
  }

  /** The head moved on without a frame for this page: ask, once the next beat still says so. */
  catchUp(head) {
    const behind = head > this.after;
    if (behind && this.lagging) this.send({ t: "hello", epoch: this.epoch, after: this.after, client: this.client });
    this.lagging = behind;
  }

  /** What belongs to one hall only is fetched, not broadcast. */
  fragments(names) {
    this.fetched = true;
    for (const part of document.querySelectorAll("live-part[data-fragment]")) {
      if (!names || names.includes(part.getAttribute("name"))) this.fetchPart(part);
    }
  }

  async fetchPart(part) {
    try {
      const response = await fetch(part.dataset.fragment, { headers: { Accept: "text/html" }, cache: "no-store" });
      if (response.ok && !response.redirected) refresh(part, await response.text());
    } catch {
      // the next poke or the next hello brings it
    }
  }

  goodbye(wait = 1000) {
    const socket = this.socket;
    this.socket = null;
    socket?.close(1000);
    this.reopen(between(0.5, 1) * wait);
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
    url.searchParams.set("after", this.after);
    url.searchParams.set("epoch", this.epoch);
    try {
      const response = await fetch(url, { headers: { Accept: "application/json" }, cache: "no-store" });
      if ([401, 403, 404].includes(response.status) || response.redirected) return reloadCalmly();
      if (response.ok && this.polling) {
        this.heard = performance.now();
        this.absorb(await response.json());
        this.fragments();
      }
    } catch {
      // the page goes stale by itself
    }
    if (this.polling) this.polling = setTimeout(() => this.pollOnce(), between(0.8, 1.2) * POLL);
  }

  // --- how fresh the page is

  /** Whatever has just arrived, the page now shows the meeting as of this moment of its clock. */
  fresh() {
    const moment = meetingTime();
    if (moment === null) return;
    for (const element of document.querySelectorAll("as-of")) element.textContent = timeOfDay(moment, "hms");
    this.watch();
  }

  watch() {
    const stale = performance.now() - this.heard > STALE;
    const root = document.documentElement;
    if (stale === "stale" in root.dataset) return;
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
