// Pasted HTML before it is read, the part of texts/taming.py a browser needs: without comments and style sheets, no deeper than it
// can be read in no time. And whether HTML comes from an editor of ours.

import { LIMITS } from "./schema.js";

export const CSS = "data-css"; // where style attributes are read from: a page that allows no styles would complain of each
// Tags that end where the next one begins, or have no end: they do not nest one by one.
const NOT_NESTED = new Set(
  ("p li td th tr thead tbody tfoot colgroup caption dt dd option optgroup br hr img col input meta link base area embed source track " +
    "wbr param html head body").split(" "),
);
const LETTERS = new Set("a b big code em font i nobr s small strike strong tt u".split(" ")); // browsers open them anew in every block
const [DEEPEST, DEEPEST_LETTERS] = [200, 20];

/** Of tags that nest one by one: a browser takes the square of their number, and shows none so deep. What is deeper keeps its words. */
class Nesting {
  open = [];
  counts = new Map();

  constructor(rename) {
    this.rename = rename;
  }

  tag(tag) {
    const name = /^<\/?([^\s/>]+)/.exec(tag)[1].toLowerCase();
    if (NOT_NESTED.has(name)) return this.rename(tag);
    return tag[1] === "/" ? this.end(name, tag) : this.begin(name, tag);
  }

  begin(name, tag) {
    const letters = LETTERS.has(name);
    const kept = this.open.length < DEEPEST && (!letters || this.of("#") < DEEPEST_LETTERS);
    this.open.push({ name, kept, letters });
    this.count(name, 1);
    if (letters) this.count("#", 1);
    return kept ? this.rename(tag) : "";
  }

  /** The end of a tag, and before it of those in it that have none. */
  end(name, tag) {
    if (!this.of(name)) return tag;
    let ends = "";
    for (;;) {
      const one = this.open.pop();
      this.count(one.name, -1);
      if (one.letters) this.count("#", -1);
      if (one.kept) ends += `</${one.name}>`;
      if (one.name === name) return ends;
    }
  }

  of(name) {
    return this.counts.get(name) ?? 0;
  }

  count(name, by) {
    this.counts.set(name, this.of(name) + by);
  }
}

/** HTML without comments and style sheets, its style attributes under another name; and what the sheets say of classes. */
export function tamed(source) {
  const html = source.replaceAll("\0", "");
  const begins = /<!--|<style(?=[\s>/])/gi;
  const parts = [];
  const sheets = [];
  let at = 0;
  for (let found = begins.exec(html); found; found = begins.exec(html)) {
    parts.push(html.slice(at, found.index));
    const end = found[0] === "<!--" ? after(html, /-->/g, found.index + 2) : after(html, /<\/style(?=[\s>/])[^>]*>/gi, found.index);
    if (found[0] !== "<!--") sheets.push(html.slice(found.index, end));
    at = end;
    begins.lastIndex = end;
  }
  parts.push(html.slice(at));
  const nesting = new Nesting((tag) => tag.replace(/([\s"'/])style(?=\s*=)/gi, `$1${CSS}`));
  return { html: parts.join("").replace(/<\/?[a-zA-Z][^<>]*>/g, (tag) => nesting.tag(tag)), rules: rulesOf(sheets) };
}

function after(html, sign, from) {
  sign.lastIndex = from;
  return sign.test(html) ? sign.lastIndex : html.length;
}

function rulesOf(sheets) {
  const rules = new Map();
  for (const sheet of sheets.slice(0, 3)) {
    for (const [, name, said] of sheet.slice(0, 400_000).matchAll(/\.([\w-]{1,40})\s*\{([^{}]{0,2000})\}/g)) {
      if (rules.size < 500) rules.set(name, said);
    }
  }
  return rules;
}

const within = (most) => (number) => /^\d{1,4}$/.test(number) && number >= 1 && number <= most;
/** What attributes of nodes may be. */
const FITS = {
  colspan: within(LIMITS.columns),
  rowspan: within(LIMITS.rows),
  order: within(9999),
  level: within(2),
  colwidth: (value) => value === null,
  align: (value) => value === null || ["left", "center", "right"].includes(value),
};

/** Whether HTML says that an editor of ours wrote it, and nothing that none would write: such a piece keeps how its ends are open. */
export function isOurs(html) {
  const said = /\sdata-pm-slice="\d{1,2} \d{1,2}(?: -\d{1,2})? (\[[^"<>]{0,600}\])"/.exec(html);
  if (!said) return false;
  const rest = html.replace(said[0], "");
  const spans = [...rest.matchAll(/((?:col|row)span)([\s\S]{0,6})/gi)];
  if (rest.includes("data-pm-slice") || !spans.every(([, name, way]) => FITS[name.toLowerCase()](/^="(\d{1,3})"/.exec(way)?.[1] ?? ""))) return false;
  try {
    const around = JSON.parse(said[1].replaceAll("&quot;", '"').replaceAll("&amp;", "&"));
    const attrs = around.filter((one) => one !== null && typeof one !== "string");
    return around.length < 50 && attrs.every((one) => Object.entries(one).every(([name, value]) => FITS[name]?.(value)));
  } catch {
    return false;
  }
}
