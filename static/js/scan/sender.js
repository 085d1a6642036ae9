// Hands in what a device has read, and fetches its list. One tab sends at a time; a scan leaves the browser's store only when the
// server has answered for it under its own key. Knows nothing of what is shown.

import { amend, drop, keep, waiting } from "./store.js";

const MOST = 200; // scans in one batch
const TIMEOUT = 15_000; // ms an answer may take
const LIST_EVERY = 30_000; // ms
const LIST_AGAIN = 5_000; // ms between two lists, however fast the journal grows
const LONGEST_PAUSE = 15_000; // ms between two attempts
const SENT = ["key", "turn", "at", "direction", "way", "code", "short", "participant", "move", "offline", "verdict", "undoes"];

const news = "BroadcastChannel" in window ? new BroadcastChannel("diemcau-scan") : null;
const addressOf = (token, what) => `/s/${token}/${what}/`;

/** Begin. `answered(entry, result)`: the server has said something of a scan; `listed(list)`: a new list;
 * `changed(link)`: {online, since, revoked, ended, unknown, broken} is different; `queued(n)`: so many scans wait. */
export function sender({ token, answered, listed, changed, queued }) {
  const link = { online: navigator.onLine, since: null, revoked: false, ended: false, unknown: false, broken: 0 };
  const dead = new Set(); // addresses that the server does not know (any more): what was read there stays in the store
  const expected = new Map(); // key → resolve
  let mark = ""; // ETag of the list
  let number = 0; // of the journal, in the list
  let listedAt = -Infinity;
  let failures = 0;
  let flushing = null;
  let isWanted = false;
  let timer = 0;

  const tell = (changes) => {
    const before = JSON.stringify(link);
    Object.assign(link, changes);
    if (before !== JSON.stringify(link)) changed({ ...link });
  };
  const count = async () => {
    const all = await waiting();
    const broken = all.filter((entry) => entry.broken).length;
    tell({ broken });
    queued(all.length - broken);
  };

  async function ask(address, options) {
    try {
      return await fetch(address, { ...options, cache: "no-store", credentials: "omit", signal: AbortSignal.timeout(TIMEOUT) });
    } catch {
      return null;
    }
  }

  function failed() {
    failures += 1;
    if (link.online || link.since === null) tell({ online: false, since: link.since ?? Date.now() });
    plan(Math.min(LONGEST_PAUSE, 1000 * 2 ** Math.min(failures, 5)) * (0.75 + Math.random() / 2));
    return false;
  }

  function heard() {
    failures = 0;
    tell({ online: true, since: null });
    return true;
  }

  /** The address may read no more: taken back, or ended with the meeting. */
  const over = (said) => tell(said?.ended ? { ended: true } : { revoked: true });

  // --- scans

  async function batch(entries, of, rest) {
    const now = Date.now();
    const scans = entries.map((entry) => {
      const said = { ...entry, offline: entry.offline || now - entry.made > TIMEOUT }; // nobody was told the server's word in time
      return Object.fromEntries(SENT.filter((name) => said[name] !== undefined).map((name) => [name, said[name]]));
    });
    const body = JSON.stringify({ now, unsent: rest, scans });
    const response = await ask(addressOf(of, "scans"), { method: "POST", body, headers: { "Content-Type": "application/json" } });
    if ([400, 413].includes(response?.status)) {
      heard();
      return refused(entries, of, rest);
    }
    const isDead = [403, 404].includes(response?.status); // 403: revoked, and has handed in more than any holds
    const said = [200, 410].includes(response?.status) ? await response.json().catch(() => null) : null;
    if (!isDead && !said?.results) return failed(); // what stands between may answer with anything: asked again
    heard();
    if (isDead) {
      dead.add(of);
      if (of === token) tell({ unknown: true });
      return true;
    }
    if (response.status === 410 && of === token) over(said); // before its results, of which nothing is shown any more
    await settle(said, of);
    return true;
  }

  /** The server cannot read a batch: the one that is at fault is found and stays, the others go through. */
  async function refused(entries, of, rest) {
    if (entries.length === 1) {
      await amend(entries[0].key, { broken: true });
      await count();
      return true;
    }
    for (const entry of entries) if (!(await batch([entry], of, rest))) return false;
    return true;
  }

  async function settle(said, of) {
    const mine = new Map((await waiting()).map((entry) => [entry.key, entry]));
    await drop(said.results.map(({ key }) => key));
    if (of === token && said.number > number) plan(Math.max(0, LIST_AGAIN - (performance.now() - listedAt)));
    news?.postMessage({ token: of, results: said.results });
    for (const result of said.results) settled(mine.get(result.key), result);
    await count();
  }

  function settled(entry, result) {
    expected.get(result.key)?.(result);
    expected.delete(result.key);
    if (entry) answered(entry, result);
  }

  async function sendAll() {
    do {
      isWanted = false;
      const every = await waiting();
      const all = every.filter((entry) => !entry.broken && !dead.has(entry.token));
      if (!all.length) return;
      const of = (all.find((entry) => entry.token === token) ?? all[0]).token;
      const own = all.filter((entry) => entry.token === of);
      const stuck = every.filter((entry) => entry.broken && entry.token === of).length; // the control room hears of these too
      if (!(await batch(own.slice(0, MOST), of, Math.max(0, own.length - MOST) + stuck))) return;
      isWanted = true;
    } while (isWanted);
  }

  const alone = (work) => (navigator.locks ? navigator.locks.request("diemcau-scan", work) : work());

  function flush() {
    isWanted = true;
    flushing ??= alone(sendAll)
      .catch(() => plan(2000))
      .finally(() => {
        flushing = null;
        if (isWanted && !link.since) flush();
      });
    return flushing;
  }

  // --- the list

  async function refresh() {
    if (link.revoked || link.ended || link.unknown) return;
    const response = await ask(addressOf(token, "list"), { headers: mark ? { "If-None-Match": mark } : {} });
    listedAt = performance.now();
    const list = response?.status === 200 ? await response.json().catch(() => null) : null;
    if (!list?.people && ![304, 404, 410].includes(response?.status)) return void failed();
    heard();
    if (response.status === 410) return over(await response.json().catch(() => null));
    if (response.status === 404) return tell({ unknown: true });
    if (!list) return;
    mark = response.headers.get("ETag") ?? "";
    number = list.number;
    await listed(list);
  }

  /** Look again after so many ms, or sooner if that was planned. */
  let planned = Infinity;
  function plan(pause) {
    const at = performance.now() + pause;
    if (at >= planned && timer) return;
    clearTimeout(timer);
    planned = at;
    timer = setTimeout(look, pause);
  }

  async function look() {
    [timer, planned] = [0, Infinity];
    await refresh().catch(() => null);
    await flush();
    if (!timer) plan(LIST_EVERY);
  }

  addEventListener("online", look);
  addEventListener("offline", () => tell({ online: false, since: link.since ?? Date.now() }));
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && look());
  if (news) {
    news.onmessage = ({ data }) => {
      if (data.token === token) for (const result of data.results) settled(null, result);
      count();
    };
  }

  return {
    look,
    count,
    link,
    /** Keep a scan and send it. Returns the server's answer, or null when none came within `patience` ms. */
    async submit(entry, patience) {
      await keep(entry);
      await count();
      if (!link.online) {
        plan(500);
        return null;
      }
      const answer = new Promise((resolve) => expected.set(entry.key, resolve));
      flush();
      const late = new Promise((resolve) => setTimeout(() => resolve(null), patience));
      return Promise.race([answer, late]).finally(() => expected.delete(entry.key));
    },
  };
}
