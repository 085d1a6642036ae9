// The page of one device at a door: reads badges by camera, hand scanner, short code or from the list; asks the server, and answers
// by itself where no answer comes in time. Everything read is safely kept before it is answered.

import { timeOfDay } from "../clock.js";
import { say } from "../words.js";
import { REMEDIES, show, toneOf } from "./answer.js";
import { camera, isPossible } from "./camera.js";
import { asking } from "./asking.js";
import { fitting } from "./code.js";
import { knowledge } from "./knowledge.js";
import { sender } from "./sender.js";
import { settings } from "./settings.js";
import { keepShell } from "./shell.js";
import { play, wake } from "./sound.js";
import { amend, nextTurn } from "./store.js";
import { listen } from "./wedge.js";

const PATIENCE = 800; // ms: then the device answers by itself
const CODE = 201; // digits of a badge's code; what a hand scanner read behind a stray key stands at the end
const SHORT = 60; // digits: what has fewer is a short code

const page = document.querySelector(".scan");
const find = (selector) => page.querySelector(selector);
const { token } = page.dataset;
const box = find(".answer");
const video = find("video");

let known = null;
let link = { online: true };
let last = null; // what is shown: {entry, answer, id, person, before (how they stood), was (how they stand again)}
const early = new Map(); // key → answers that came before the device had answered
let turns = Promise.resolve(); // scans are taken one after the other

const direction = () => find("[name=direction]:checked").value;
const put = (selector, text) => {
  const place = find(selector);
  if (place.textContent !== text) place.textContent = text;
};
const notice = (name, text) => {
  const place = find(`[data-notice=${name}]`);
  place.hidden = !text;
  place.querySelector("[data-text]").textContent = text ?? "";
};

// --- one scan

/** Take what was read: {code} or {short} or {participant}, with `way`; perhaps {move, direction, undoes}, then of whom `earlier` was. */
function take(read, earlier) {
  wake();
  turns = turns.then(() => taken(read, earlier)).catch(lost);
  return turns;
}

async function taken(read, earlier) {
  if (link.revoked || link.ended || link.unknown) return;
  const at = Date.now();
  const entry = {
    key: newKey(), token, turn: await nextTurn(token), made: at, at,
    direction: direction(), move: false, offline: false, ...fitting(read),
  };
  const own = entry.undoes ? { verdict: "undone", reason: "", person: earlier.person ?? null, id: earlier.id, was: earlier.before } : known.judge(entry, at);
  if (!link.online) Object.assign(entry, { offline: true, verdict: own.verdict });
  const result = (await line.submit(entry, PATIENCE)) ?? (await answeredHere(entry, own));
  early.delete(entry.key);
  await settle(entry, result ? fromServer(result) : fromHere(own, at), own);
}

/** No answer in time: the device stands for its own. Returns the server's all the same when it came in this very moment. */
async function answeredHere(entry, own) {
  if (!entry.offline) {
    Object.assign(entry, { offline: true, verdict: own.verdict });
    await amend(entry.key, { offline: true, verdict: own.verdict });
  }
  return early.get(entry.key);
}

async function settle(entry, answer, own, isQuiet = false) {
  const id = answer.who?.id ?? own.id ?? null;
  const before = known.before(id);
  await remember(answer, id, own.was);
  if (page.dataset.shows === "ended") return;
  last = { entry, answer, id, person: own.person, before, was: own.was };
  reveal({ ...answer, isShort: entry.short !== undefined }, isQuiet);
}

const remember = (answer, id, was) => (answer.verdict === "undone" ? known.untell(id, was) : known.tell(id, answer.verdict, answer.at));

const fromServer = (result) => ({ ...result, local: false });
function fromHere({ verdict, reason, person, since, where }, at) {
  const site = known.list()?.sites[person?.home] ?? "";
  const who = person && { id: person.id, name: person.name, office: person.office, group: person.group, site };
  return { verdict, reason, who, at: known.timeAt(at), since, where, local: true };
}

function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16)); // plain http
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** The browser could not keep it: nobody is let in on what is written nowhere. */
function lost() {
  notice("store", say("not-kept"));
  play("bad");
}

// --- what is shown

function reveal(answer, isQuiet) {
  notice("store", "");
  show(box, answer);
  page.dataset.shows = "answer";
  put("[data-when]", say(answer.local ? "at-here" : "at", { at: timeOfDay(answer.at, "hms") }));
  find("[data-undo]").hidden = !["admitted", "moved", "out"].includes(answer.verdict);
  find(".when").hidden = false;
  if (!isQuiet) play(toneOf(answer));
  figures();
}

/** What was typed is no code at all: nothing is kept, but nobody takes the answer before for this one's. */
function tooShort() {
  if (page.dataset.shows === "ended") return;
  last = null;
  reveal({ verdict: "refused", reason: "forged", isShort: true, at: known.timeAt(Date.now()), local: true });
}

function clear() {
  page.dataset.shows = "ready";
  box.hidden = true;
  find(".when").hidden = true;
  eye.again();
}

function figures() {
  const counts = known?.counts();
  put("[data-present]", counts ? String(counts.present) : "–");
  put("[data-expected]", counts ? `/${counts.expected}` : "");
}

function status(now) {
  link = now;
  page.dataset.online = String(now.online);
  notice("line", now.online || now.revoked || now.ended ? "" : say(isPossible() ? "offline" : "offline-plain", { at: timeOfDay(known ? known.timeAt(now.since) : now.since) }));
  notice("broken", now.broken ? say("broken", { n: now.broken }) : "");
  const why = ["revoked", "ended", "unknown"].find((one) => now[one]);
  if (why) end(why);
}

/** The address is worthless: nothing is read any more. What was read before is still handed in. */
async function end(why) {
  eye.stop();
  page.dataset.shows = "ended";
  box.hidden = true;
  find(".when").hidden = true;
  find(".ended").hidden = false;
  put("[data-ended]", say(why));
  await known.forget();
  figures();
}

// --- answers that come later

function answered(entry, result) {
  const isOwn = entry.token === token; // not what another address of this browser has read: that says nothing of this door
  const isShown = last?.entry.key === entry.key;
  if (isOwn && !entry.offline && !isShown) return void early.set(entry.key, result); // whoever has read it waits for it
  const differs = Boolean(entry.verdict) && result.verdict !== entry.verdict;
  if (differs) {
    const values = { who: result.who?.name || say("somebody"), what: say(`verdict-${result.verdict}`), why: say(`why-${result.reason}`) };
    notice("otherwise", say("otherwise", values));
  }
  if (isShown) return void settle(entry, fromServer(result), { id: result.who?.id, was: last.was }, !differs);
  return isOwn ? void remember(fromServer(result), result.who?.id).then(figures) : undefined;
}

// --- beginning

const line = sender({
  token,
  answered,
  async listed(list) {
    await known.take(list);
    figures();
  },
  changed: status,
  queued(n) {
    put("[data-waiting]", String(n));
    page.dataset.waiting = String(n);
  },
});

const eye = camera(video, {
  reader: page.dataset.reader,
  wasm: page.dataset.wasm,
  found: (text) => take({ code: text, way: "camera" }),
  changed({ running, light, failed }) {
    page.dataset.camera = String(running);
    find("[data-light]").hidden = !light;
    notice("camera", failed ? say(`camera-${failed}`) : "");
  },
});

const read = (digits, way) => take(digits.length < SHORT ? { short: digits, way } : { code: digits.slice(-CODE), way: "wedge" });

function next() {
  wake();
  clear();
  eye.start();
}

document.addEventListener("pointerdown", wake, { passive: true });
page.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  if (!button) return;
  if ("next" in button.dataset) next();
  if ("dismiss" in button.dataset) button.closest("[data-notice]").hidden = true;
  if ("undo" in button.dataset && last) take({ undoes: last.entry.key, way: last.entry.way, direction: last.entry.direction }, last);
  if ("remedy" in button.dataset && last) {
    const { way, code, short, participant } = last.entry;
    take({ way, ...(code !== undefined ? { code } : short !== undefined ? { short } : { participant }), direction: last.entry.direction, ...REMEDIES[last.answer.reason] });
  }
});
page.addEventListener("change", ({ target }) => {
  if (target.name === "direction") clear();
});

known = await knowledge(token);
listen((digits) => {
  asking.close();
  read(digits, digits.length < SHORT ? "typed" : "wedge");
}, tooShort);
asking.begin(page, { people: () => known.people(), standing: (person) => known.standing(person), read, choose: (participant) => take({ participant, way: "list" }) });
settings(page, eye);
figures();
find("[data-origin]").textContent = location.origin;
if (!isPossible()) notice("plain", say("plain"));
await line.count();
await line.look();
page.dataset.ready = "";
keepShell();
