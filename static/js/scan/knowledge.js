// What a device knows without asking: its list with what it has told or been told since, the keys, the time of the meeting.

import { readCode, readShort } from "./code.js";
import { judge } from "./judging.js";
import { forget, keepList, listOf, said, say, unsay } from "./store.js";

const SETTLES = 20_000; // ms after which the list is believed rather than what was told of somebody before it came
const STATES = { admitted: "present", moved: "present", out: "left" };
const ELSEWHERE = -1; // a bridge point that is not this one
const NOT_COUNTED = ["operator", "technician", "observer"]; // meetings.models.COUNTED_ROLES has the others

export async function knowledge(token) {
  let list = await listOf(token);
  let people = new Map();
  let since = new Map(); // person → {state, site, at, told (ms)}
  let shorts = new Map();

  function index() {
    people = new Map((list?.people ?? []).map((person) => [person.id, person]));
    shorts = new Map((list?.people ?? []).filter(({ short }) => short).map((person) => [person.short, person]));
  }
  index();
  for (const row of await said(token)) since.set(row.person, row);

  /** The meeting's time, in ms, at a moment of this device's clock. */
  const timeAt = (moment) => (list ? list.time + (moment + list.ahead - list.now) * list.rate : moment);

  const standing = (person) => ({ state: person.state, site: person.site, at: person.since, ...since.get(person.id) });

  function holderOf(person) {
    const now = standing(person);
    return { site: person.home, state: now.state, where: now.site, out: person.out };
  }

  /** The badge whose short code was typed, as the list has it; one that a key signed which is believed no more is revoked. */
  function badgeOf({ badge }) {
    const revoked = !badge || !Object.hasOwn(list.keys, badge.key);
    return { forged: false, meeting: list.meeting.id, revoked, from: badge?.from, until: badge?.until };
  }

  /** A kiosk has no short codes: only the server can tell whose one is. */
  const isUnknowable = ({ short }) => list.scanner?.kiosk && short !== undefined && readShort(short) !== null;

  /** What was read, as {badge, holder, person}; nothing when there is no list to judge by. */
  function look({ code, short, participant }) {
    if (code !== undefined) {
      const read = readCode(code, list.keys);
      if (!read.ok) return { badge: { forged: true }, holder: null, person: null };
      const person = read.meeting === list.meeting.id ? people.get(read.participant) : undefined;
      const revoked = list.revoked.includes(read.serial); // one that is on no list was issued since
      const badge = { forged: false, meeting: read.meeting, revoked, from: read.from, until: read.until };
      if (person) return { badge, holder: holderOf(person), person };
      const told = since.get(read.participant);
      return { badge, person: null, holder: { site: ELSEWHERE, state: told?.state ?? "", where: told?.site ?? null, out: false }, id: read.participant };
    }
    const digits = short === undefined ? "" : readShort(short);
    if (digits === null) return { badge: { forged: true }, holder: null, person: null };
    const person = short === undefined ? people.get(participant) : shorts.get(digits);
    const badge = person && short !== undefined ? badgeOf(person) : null; // a name on the list needs none
    return { badge, holder: person ? holderOf(person) : null, person: person ?? null };
  }

  return {
    list: () => list,
    timeAt,
    people: () => [...people.values()],
    /** How many have walked in and are inside, of how many expected: the list's own counts, and what has been told since. */
    counts() {
      if (!list) return null;
      let { present } = list.counts;
      for (const row of since.values()) {
        const person = people.get(row.person);
        if (NOT_COUNTED.includes(person?.role)) continue;
        const was = Boolean(person?.state === "present" && person.site === list.site.id);
        present += Number(row.state === "present") - Number(was);
      }
      return { present: Math.max(0, present), expected: list.counts.expected };
    },
    standing,
    /** Take a newer list from the server. */
    async take(fresh) {
      list = { ...fresh, ahead: fresh.now - Date.now() };
      index();
      const over = [...since.values()].filter((row) => {
        const person = people.get(row.person);
        return Date.now() - row.told > SETTLES || !person || (person.state === row.state && person.site === row.site);
      });
      for (const row of over) since.delete(row.person);
      await keepList(token, list);
      await unsay(over.map((row) => ({ id: `${token} ${row.person}` })));
    },
    /** Judge by oneself. Returns {verdict, reason, person, since, where}; verdict "" when there is nothing to judge by. */
    judge(scan, moment) {
      if (!list || isUnknowable(scan)) return { verdict: "", reason: "", person: null };
      const { badge, holder, person, id } = look(scan);
      const door = { meeting: list.meeting.id, site: list.site.id, direction: scan.direction, move: scan.move };
      const found = judge(badge, holder, door, timeAt(moment));
      const now = person ? standing(person) : null;
      const inside = now?.state === "present";
      return {
        ...found, person, id: person?.id ?? id ?? null,
        since: inside ? now.at : null,
        where: inside ? (list.sites[now.site] ?? null) : null,
      };
    },
    /** Remember what has been told of somebody, until the list says the same. */
    async tell(id, verdict, at) {
      if (!id || !list) return;
      const state = STATES[verdict];
      if (!state) return;
      const row = { person: id, state, site: list.site.id, at, told: Date.now() };
      since.set(id, row);
      await say(token, row);
    },
    /** How somebody stands by what is known here: {state, site, at}. */
    before(id) {
      const { state, site, at } = people.has(id) ? standing(people.get(id)) : (since.get(id) ?? { state: "" });
      return { state, site, at };
    },
    /** What was told of somebody has been taken back: they stand as before it, whatever a list says that came meanwhile. */
    async untell(id, was) {
      if (!id) return;
      since.delete(id);
      await unsay([{ id: `${token} ${id}` }]);
      if (!was) return;
      const row = { person: id, ...was, told: Date.now() };
      since.set(id, row);
      await say(token, row);
    },
    async forget() {
      list = null;
      since = new Map();
      index();
      await forget(token);
    },
  };
}
