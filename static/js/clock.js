// The meeting's clock in the page, and the elements that show it. Nothing is pushed each second: everything is worked
// out from the last beat {now, rate}. The machine's own date is never asked, only the time passed since the beat.

const root = document.documentElement;
const zone = root.dataset.zone || "Asia/Ho_Chi_Minh";
const language = root.lang || "vi";
const SHAPES = { hm: ["hour", "minute"], hms: ["hour", "minute", "second"], ms: ["minute", "second"] };
const formats = Object.fromEntries(
  Object.entries(SHAPES).map(([name, fields]) => [
    name,
    new Intl.DateTimeFormat("en-GB", {
      timeZone: zone,
      hourCycle: "h23",
      ...Object.fromEntries(fields.map((field) => [field, "2-digit"])),
    }),
  ]),
);

let beat = null; // {now: meeting time in ms, rate, at: performance.now() when it was true}

/** Take a beat {now: ISO meeting time, rate}. Jumps smaller than half a real second are the network's and are left out. */
export function setClock(clock, at = performance.now()) {
  const now = Date.parse(clock?.now);
  const rate = Number(clock?.rate) || 1;
  if (Number.isNaN(now)) return;
  const off = beat && beat.rate === rate ? Math.abs(meetingTime(at) - now) / rate : Infinity;
  if (off > 500) beat = { now, rate, at };
  tickAll();
}

/** Meeting time in milliseconds, or null while no beat is known. */
export function meetingTime(at = performance.now()) {
  return beat ? beat.now + (at - beat.at) * beat.rate : null;
}

/** "09:41", "09:41:07" of a moment in milliseconds, in the meeting's time zone. */
export function timeOfDay(moment, shape = "hm") {
  return formats[shape].format(moment);
}

/** Minutes and seconds, with hours from one hour on. */
export function span(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (n) => String(n).padStart(2, "0");
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return h ? `${h}:${two(m)}:${two(s)}` : `${two(m)}:${two(s)}`;
}

/** "22 hours 48 minutes" in the page's language, in two units at most. */
export function inWords(seconds) {
  const minutes = Math.max(0, Math.floor(seconds / 60));
  const parts = [
    ["day", Math.floor(minutes / 1440)],
    ["hour", Math.floor(minutes / 60) % 24],
    ["minute", minutes % 60],
  ].filter(([, n]) => n);
  const word = (unit, n) => new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(n);
  return (parts.length ? parts : [["minute", 0]])
    .slice(0, 2)
    .map(([unit, n]) => word(unit, n))
    .join(" ");
}

const ticking = new Set();
function tickAll() {
  for (const element of ticking) element.tick();
}
setInterval(tickAll, 250);

/** An element that follows the clock; `show(now)` returns its text. */
class Ticking extends HTMLElement {
  static observedAttributes = ["data-start", "data-seconds", "data-at", "data-show"];
  connectedCallback() {
    ticking.add(this);
    this.tick();
  }
  disconnectedCallback() {
    ticking.delete(this);
  }
  attributeChangedCallback() {
    if (this.isConnected) this.tick();
  }
  tick() {
    const now = meetingTime();
    if (now === null) return;
    const text = this.show(now);
    if (text !== null && this.textContent !== text) this.textContent = text;
  }
  moment(name) {
    const value = Date.parse(this.dataset[name] ?? "");
    return Number.isNaN(value) ? null : value;
  }
  /** Seconds since data-start. */
  elapsed(now) {
    const start = this.moment("start");
    return start === null ? null : (now - start) / 1000;
  }
}

/** <meeting-clock data-show="hm|hms">: the time of day. */
class MeetingClock extends Ticking {
  show(now) {
    return timeOfDay(now, this.dataset.show || "hm");
  }
}

/** <clock-seconds>: only the seconds, ":07", beside a clock without them. */
class ClockSeconds extends Ticking {
  show(now) {
    return `:${timeOfDay(now, "hms").slice(-2)}`;
  }
}

/** <run-timer data-start>: how long something runs. */
class RunTimer extends Ticking {
  show(now) {
    const elapsed = this.elapsed(now);
    return elapsed === null ? null : span(elapsed);
  }
}

/** <over-run data-start data-seconds data-text="Over {time}">: hidden until the planned seconds are used up. */
class OverRun extends Ticking {
  show(now) {
    const over = (this.elapsed(now) ?? 0) - Number(this.dataset.seconds || 0);
    const hidden = !this.dataset.seconds || over < 1;
    if (this.hidden !== hidden) this.hidden = hidden;
    return hidden ? null : (this.dataset.text || "{time}").replace("{time}", span(over));
  }
}

const NEAR = 60; // seconds before its end in which a speech is told so

/** <near-end data-start data-seconds data-text="{time} left">: shown in the last minute of the planned seconds. */
class NearEnd extends Ticking {
  show(now) {
    const left = Number(this.dataset.seconds || 0) - (this.elapsed(now) ?? 0);
    const hidden = !this.dataset.seconds || left <= 0 || left > NEAR || Number(this.dataset.seconds) <= NEAR;
    if (this.hidden !== hidden) this.hidden = hidden;
    return hidden ? null : (this.dataset.text || "{time}").replace("{time}", span(Math.ceil(left)));
  }
}

/** <until-time data-at data-text="Opens in {time}" data-late="Due {time} ago">: words, to the minute. */
class UntilTime extends Ticking {
  show(now) {
    const at = this.moment("at");
    if (at === null) return null;
    const left = (at - now) / 1000;
    const text = left >= 0 ? this.dataset.text : this.dataset.late;
    return (text || "{time}").replace("{time}", inWords(Math.abs(left) + (left > 0 ? 59 : 0)));
  }
}

/** The later of data-floor and of data-offset seconds after now: what comes after an item that over-runs moves with it. */
class Expecting extends Ticking {
  static observedAttributes = [...Ticking.observedAttributes, "data-floor", "data-offset", "data-planned"];
  expected(now) {
    return Math.max(this.moment("floor") ?? 0, now + 1000 * Number(this.dataset.offset || 0));
  }
}

/** <expected-time data-floor data-offset>: the time of day at which something is expected. */
class ExpectedTime extends Expecting {
  show(now) {
    return timeOfDay(this.expected(now));
  }
}

/** <delay-words data-floor data-offset data-planned data-late="{time} late" data-early="{time} early">: hidden when on time. */
class DelayWords extends Expecting {
  show(now) {
    const planned = this.moment("planned");
    const minutes = planned === null ? 0 : Math.round((this.expected(now) - planned) / 60_000);
    const text = minutes > 0 ? this.dataset.late : this.dataset.early;
    const hidden = minutes === 0 || !text;
    if (this.hidden !== hidden) this.hidden = hidden;
    return hidden ? null : text.replace("{time}", inWords(Math.abs(minutes) * 60));
  }
}

/** <count-down data-at data-over="Over {time}">: how long until a moment, and by how much it is over. */
class CountDown extends Ticking {
  static observedAttributes = [...Ticking.observedAttributes, "data-over"];
  show(now) {
    const at = this.moment("at");
    if (at === null) return null;
    const left = (at - now) / 1000;
    this.toggleAttribute("data-is-over", left < 0);
    return left >= 0 ? span(left + 0.999) : (this.dataset.over || "{time}").replace("{time}", span(-left));
  }
}

/** Names of the elements whose text belongs to the page, not to the server. */
export const TICKING = new Set(["MEETING-CLOCK", "CLOCK-SECONDS", "RUN-TIMER", "OVER-RUN", "NEAR-END", "UNTIL-TIME", "AS-OF", "EXPECTED-TIME", "DELAY-WORDS", "COUNT-DOWN"]);

// The page itself brings the first beat; it was true when the answer began to arrive. A page that had not changed (304) is as
// old as it is: the answer's head brings the beat then.
const [navigation] = performance.getEntriesByType("navigation");
const told = Object.fromEntries((navigation?.serverTiming ?? []).map(({ name, description }) => [name, description]));
const first = told.now ? told : root.dataset;
if (first.now) setClock({ now: first.now, rate: first.rate }, navigation?.responseStart ?? 0);

customElements.define("meeting-clock", MeetingClock);
customElements.define("clock-seconds", ClockSeconds);
customElements.define("run-timer", RunTimer);
customElements.define("over-run", OverRun);
customElements.define("near-end", NearEnd);
customElements.define("until-time", UntilTime);
customElements.define("expected-time", ExpectedTime);
customElements.define("delay-words", DelayWords);
customElements.define("count-down", CountDown);
